"""A file's address in its bucket: for a short while, for what was asked, and under its own name."""

from urllib.parse import parse_qs, urlsplit

import boto3
import pytest

from coldframe.adapters.files import SECONDS, S3Files
from coldframe.domain.playbook import StoredFile

S3 = boto3.client(
    "s3",
    region_name="eu-central-1",
    aws_access_key_id="AKIAEXAMPLE",
    aws_secret_access_key="no secret",
)


def asked(name: str, *, method: str = "GET") -> dict[str, str]:
    file = StoredFile(name=name, hash="0" * 16, key=f"files/{name}", type="application/pdf")
    url = S3Files(S3, "bakery").url(file, method=method)
    return {word: told for word, (told,) in parse_qs(urlsplit(url).query).items()}


def signature(method: str) -> str:
    return asked("guide.pdf", method=method)["X-Amz-Signature"]


def test_an_address_is_good_for_minutes() -> None:
    assert asked("guide.pdf")["X-Amz-Expires"] == str(SECONDS)
    assert SECONDS <= 15 * 60


def test_who_asks_for_headers_only_gets_another_signature() -> None:
    assert signature("HEAD") != signature("GET")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("guide.pdf", 'inline; filename="guide.pdf"'),
        ("Price list.pdf", 'inline; filename="Price list.pdf"'),
        (
            "Café.pdf",
            "inline; filename=\"Caf_.pdf\"; filename*=UTF-8''Caf%C3%A9.pdf",
        ),
        (
            'a"; x="b.pdf',
            "inline; filename=\"a_; x=_b.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%22b.pdf",
        ),
        (
            "a\r\nb: c.pdf",
            "inline; filename=\"a__b: c.pdf\"; filename*=UTF-8''a%0D%0Ab%3A%20c.pdf",
        ),
    ],
)
def test_no_name_breaks_its_header(name: str, told: str) -> None:
    assert asked(name)["response-content-disposition"] == told
