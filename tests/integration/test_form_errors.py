"""What can't become a lead gets a clear answer, and leaves nothing behind."""

import json

import pytest

from tests.integration.requests import ADA, form_post, request
from tests.integration.world import World

FILE_PART = (
    b'--b\r\nContent-Disposition: form-data; name="email"\r\n\r\nada@example.com\r\n'
    b'--b\r\nContent-Disposition: form-data; name="cv"; filename="cv.pdf"\r\n'
    b"Content-Type: application/pdf\r\n\r\n%PDF\r\n--b--\r\n"
)
JSON = "application/json"
MULTIPART = "multipart/form-data; boundary=b"
BAD_POSTS = {
    "an unknown form": (404, form_post(form="no-such-form")),
    "a form name that is a path": (404, form_post(form="../client")),
    "no address": (422, form_post({"first_name": "Ada"})),
    "no such address": (422, form_post({**ADA, "email": "ada at example"})),
    "a text that is too long": (422, form_post({**ADA, "first_name": "A" * 500})),
    "more than 64 KB": (413, form_post(body=b"email=" + b"a" * 65_536)),
    "far more than 64 KB": (413, form_post(body=b"email=" + b"a" * 500_000)),
    "plain text": (415, form_post(content_type="text/plain")),
    "no content type": (415, request("POST", "/f", path={"form": "cake-guide"}, body=b"a=b")),
    "another charset": (415, form_post(content_type="application/json; charset=utf-16")),
    "a file": (422, form_post(body=FILE_PART, content_type=MULTIPART)),
    "no boundary": (422, form_post(body=FILE_PART, content_type="multipart/form-data")),
    "an unfinished part": (422, form_post(body=FILE_PART[:60], content_type=MULTIPART)),
    "bytes that are no UTF-8": (422, form_post(body=b"email=ada%40example.com&first_name=%ff")),
    "raw bytes that are no UTF-8": (422, form_post(body=b"email=ada@example.com&first_name=\xff")),
    "half a surrogate": (422, form_post(body='{"email":"\\ud800@a.example"}', content_type=JSON)),
    "broken JSON": (422, form_post(body='{"email":', content_type=JSON)),
    "a JSON list": (422, form_post(body="[1]", content_type=JSON)),
    "NaN": (422, form_post(body='{"email": NaN}', content_type=JSON)),
    "JSON far too deep": (422, form_post(body="[" * 30_000, content_type=JSON)),
    "a field twice": (422, form_post(body=b"email=a@a.example&email=b@b.example")),
    "a field twice in JSON": (
        422,
        form_post(body='{"email":"a@a.example","email":"b@b.example"}', content_type=JSON),
    ),
    "an object for a text": (422, form_post(body='{"email":{"a":1}}', content_type=JSON)),
    "a thousand fields": (422, form_post(body="&".join(f"f{n}=1" for n in range(1000)).encode())),
    "nothing at all": (422, form_post(body=b"")),
}


@pytest.mark.parametrize(("status", "event"), BAD_POSTS.values(), ids=BAD_POSTS.keys())
def test_a_bad_post_is_answered_by_name_and_nothing_is_stored(
    status: int, event: dict[str, object], world: World
) -> None:
    answer = world.http("capture_lead", event)

    assert answer["statusCode"] == status
    assert not world.account.items()


def test_a_page_shows_the_form_again_with_what_was_typed_and_what_to_mend(world: World) -> None:
    answer = world.post({"email": "ada at", "first_name": '"><script>alert(1)</script>'})

    page = answer["body"]
    assert answer["headers"]["content-type"].startswith("text/html")
    assert 'name="email" value="ada at"' in page
    assert "aria-invalid" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "script-src" not in answer["headers"]["content-security-policy"]
    assert "default-src 'none'" in answer["headers"]["content-security-policy"]


def test_a_program_hears_which_field_in_json(world: World) -> None:
    asked = form_post(body=json.dumps({"first_name": "Ada"}), content_type=JSON)

    answer = world.http("capture_lead", asked)

    told = json.loads(answer["body"])
    assert answer["headers"]["content-type"] == "application/problem+json"
    assert told["status"] == 422
    assert "email" in told["errors"]


@pytest.mark.parametrize(
    "event",
    [
        form_post(),
        form_post(
            body="".join(
                f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                for name, value in ADA.items()
            ).encode()
            + b"--b--\r\n",
            content_type=MULTIPART,
        ),
        form_post(body=json.dumps(ADA), content_type=JSON),
    ],
    ids=["urlencoded", "multipart", "json"],
)
def test_the_three_ways_to_post_are_one_lead(event: dict[str, object], world: World) -> None:
    answer = world.http("capture_lead", event)
    again = world.http("capture_lead", event)

    assert answer["statusCode"] in (201, 303)
    assert again == answer
    (item,) = world.account.items()
    assert item["data"]["M"]["fields"]["M"]["first_name"] == {"S": "Ada"}


def test_names_in_any_script_are_kept_as_they_were_typed(world: World) -> None:
    world.post({**ADA, "first_name": "Zoë 李 🎂 <b>"})

    (item,) = world.account.items()
    assert item["data"]["M"]["fields"]["M"]["first_name"] == {"S": "Zoë 李 🎂 <b>"}
