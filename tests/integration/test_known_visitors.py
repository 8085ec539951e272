"""Who comes to a form by a mail's link is asked for what is missing, and shown nothing it told."""

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.integration.account import TABLE
from tests.integration.mails import text_of
from tests.integration.requests import URLENCODED, request
from tests.integration.world import START, Answer, World

AT = START + timedelta(days=4)
FORM = "wedding-cake"


@pytest.fixture
def known(world: World) -> World:
    """Ada has had the case study, which leads to the form."""
    world.post()
    world.pass_time(AT)
    return world


def get(world: World, function: str, route: str, location: str) -> Answer:
    """A browser follows it."""
    parts = urlsplit(location)
    name = re.findall(r"\{(\w+)\}", route)[0]
    event = request("GET", route, path={name: parts.path.rpartition("/")[2]})
    event["queryStringParameters"] = {k: v[0] for k, v in parse_qs(parts.query).items()}
    return world.http(function, event)


def form_link(world: World) -> str:
    mail = next(each for each in world.mails if "wedding ahead" in text_of(each))
    (token,) = re.findall(r"Tell us about it\S*\s+<?\S+/go/([\w.-]+)", text_of(mail))
    return str(token)


def led_on(world: World) -> str:
    followed = get(world, "follow_link", "/go/{token}", f"/go/{form_link(world)}")
    page = followed["headers"]["location"]
    answer = get(world, "confirm_consent", "/confirm/{token}", page)
    assert answer["statusCode"] == 302
    return str(answer["headers"]["location"])


def shown(world: World, location: str) -> str:
    answer = get(world, "show_form", "/forms/{form}", location)
    assert answer["statusCode"] == 200
    return str(answer["body"])


def asked_for(page: str) -> list[str]:
    ours = {"submission", "shown", "asked", "contact_me_by_fax"}
    names = re.findall(r'<(?:input|select|textarea)[^>]*? name="([\w-]+)"', page)
    return [name for name in dict.fromkeys(names) if name not in ours]


def post(world: World, page: str, **fields: str) -> Answer:
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    world.now += timedelta(minutes=1)
    event = request(
        "POST",
        "/forms/{form}",
        path={"form": FORM},
        body=urlencode({**hidden, **fields}).encode(),
        content_type=URLENCODED,
    )
    answer = world.http("capture_lead", event)
    world.settle()
    return answer


def profile(world: World) -> dict[str, Any]:
    (found,) = [item for item in world.account.items() if item["sk"]["S"] == "P"]
    return {name: told["M"]["value"]["S"] for name, told in found["fields"]["M"].items()}


def posts(world: World) -> int:
    kinds = [item["kind"]["S"] for item in world.account.items() if "kind" in item]
    return kinds.count("form.submitted")


def test_two_at_a_time_in_the_form_s_order_until_nothing_is_left(known: World) -> None:
    first = shown(known, led_on(known))
    assert asked_for(first) == ["guests", "filling"]
    assert post(known, first, guests="80", filling="lemon")["statusCode"] == 303

    second = shown(known, led_on(known))
    assert asked_for(second) == ["wedding_day", "phone"]
    post(known, second, wedding_day="2027-05-01")

    third = shown(known, led_on(known))
    assert asked_for(third)[0] == "phone"
    told = profile(known)
    assert (told["guests"], told["filling"], told["wedding_day"]) == ("80", "lemon", "2027-05-01")
    assert told["email"] == "ada@example.com"


def test_a_link_that_was_passed_on_shows_nothing_and_changes_nothing_that_was_told(
    known: World,
) -> None:
    page = shown(known, led_on(known))
    assert "Ada" not in page
    assert "ada@example.com" not in page

    post(known, page, guests="80", filling="lemon", first_name="Mallory", letters="yes")
    post(
        known, page, email="mallory@example.com", guests="80", filling="lemon", phone="+4312345678"
    )

    told = profile(known)
    assert told["first_name"] == "Ada"
    assert told["email"] == "ada@example.com"
    assert "phone" not in told


def test_what_was_told_since_the_page_was_opened_is_not_overwritten(known: World) -> None:
    page = shown(known, led_on(known))
    known.now += timedelta(minutes=5)
    told_herself = {"email": "ada@example.com", "guests": "40", "filling": "lemon"}
    known.post(told_herself, form=FORM)
    known.settle()

    assert post(known, page, guests="80", filling="chocolate")["statusCode"] == 303

    assert (profile(known)["guests"], profile(known)["filling"]) == ("40", "lemon")


def test_whoever_the_link_was_passed_on_to_tells_nothing_of_its_own_visits(known: World) -> None:
    page = shown(known, led_on(known))
    seen = {"visitor": "7f3a0c5e9b1d4682a1c3e5f708192a3b", "zone": "America/Lima"}

    post(known, page, guests="80", filling="lemon", coldframe_visit=json.dumps(seen))

    (told,) = [each["data"]["M"] for each in known.account.items() if "known" in told_in(each)]
    assert set(told) & {"visitor", "browser", "first"} == set()


def told_in(item: dict[str, Any]) -> dict[str, Any]:
    return dict(item.get("data", {}).get("M", {}))


def test_looking_brings_nobody_anything(known: World) -> None:
    before = posts(known), profile(known)

    shown(known, led_on(known))
    known.settle()

    assert (posts(known), profile(known)) == before


def test_a_link_older_than_a_day_or_not_ours_shows_the_whole_form(known: World) -> None:
    location = led_on(known)
    page = shown(known, location)
    known.now += timedelta(hours=25)

    for stale in (location, f"{location[:-3]}AAA", f"/forms/{FORM}?asked=x", f"/forms/{FORM}"):
        assert "email" in asked_for(shown(known, stale))
    assert post(known, page, guests="80", filling="lemon")["statusCode"] == 422
    assert "guests" not in profile(known)


def test_another_form_s_link_asks_for_nothing_here(known: World) -> None:
    token = urlsplit(led_on(known)).query

    assert "email" in asked_for(shown(known, f"/forms/cake-guide?{token}"))


def test_an_erased_lead_stays_erased_whoever_holds_its_link(known: World) -> None:
    page = shown(known, led_on(known))
    lead = next(item["pk"]["S"] for item in known.account.items() if item["sk"]["S"] == "P")
    known.account.aws("dynamodb").update_item(
        TableName=TABLE,
        Key={"pk": {"S": lead}, "sk": {"S": "P"}},
        UpdateExpression="SET erased_at = :at, address = :none, #told = :empty",
        ExpressionAttributeNames={"#told": "fields"},
        ExpressionAttributeValues={
            ":at": {"S": f"{known.now:%Y-%m-%dT%H:%M:%S}.000Z"},
            ":none": {"S": ""},
            ":empty": {"M": {}},
        },
    )

    post(known, page, guests="80", filling="lemon")

    assert profile(known) == {}
    assert led_on(known) == f"/forms/{FORM}"
