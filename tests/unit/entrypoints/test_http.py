import json
from pathlib import Path

import pytest

from coldframe.entrypoints.answers import go_to, with_query
from coldframe.entrypoints.form_fields import read_fields
from coldframe.entrypoints.http import Request, read_request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.pages import unsubscribe_page

EVENTS = Path(__file__).parents[3] / "events" / "http"
FOREIGN = Path(__file__).parents[4] / "shared" / "data" / "aws-events" / "powertools"


def sample(name: str) -> Request:
    return read_request(json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["form_urlencoded", "form_multipart", "form_json"])
def test_the_same_fields_are_read_from_each_way_to_post(name: str) -> None:
    fields = read_fields(sample(name))

    assert fields == {"email": "ada@example.com", "first_name": "Ada", "letters": "yes"}


@pytest.mark.skipif(not FOREIGN.exists(), reason="the third-party samples are not here")
@pytest.mark.parametrize("path", sorted(FOREIGN.glob("apiGatewayProxyV2Event*.json")), ids=str)
def test_any_http_event_of_api_gateway_is_readable(path: Path) -> None:
    assert read_request(json.loads(path.read_text(encoding="utf-8"))).method


def test_a_program_that_posts_json_wants_json_and_a_browser_a_page() -> None:
    assert sample("form_json").wants_json
    assert not sample("form_urlencoded").wants_json


def test_pages_need_no_script_and_no_other_server() -> None:
    answer = unsubscribe_page(
        posted=False, sender='Linden & "Sons"', preferences="token", locale="en"
    )

    assert "Linden &amp; &quot;Sons&quot;" in answer["body"]
    assert answer["body"].count("<form") == answer["body"].count("<button") == 1
    assert "frame-ancestors 'none'" in answer["headers"]["content-security-policy"]
    assert answer["headers"]["x-content-type-options"] == "nosniff"
    assert answer["headers"]["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/thanks", "https://a.example/thanks?submission=1"),
        ("https://a.example/t?x=2#top", "https://a.example/t?x=2&submission=1#top"),
    ],
)
def test_a_redirect_keeps_its_own_query_and_fragment(url: str, expected: str) -> None:
    assert with_query(url, submission="1") == expected


def test_our_own_mistakes_are_raised_and_not_answered() -> None:
    @http_endpoint
    def handler(request: Request) -> dict[str, object]:
        raise ZeroDivisionError(request.method)

    event = json.loads((EVENTS / "form_json.json").read_text(encoding="utf-8"))
    with pytest.raises(ZeroDivisionError):
        handler(event, None)


def test_a_place_to_go_is_answered_without_a_body() -> None:
    assert go_to("https://a.example", status=302)["headers"]["location"] == "https://a.example"
