"""Whose browser it evidently is, is asked for what is missing; all others get the whole form."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from coldframe.adapters.everything import DynamoEverything
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.domain.touchpoint import CONSENT_CONFIRMED, record
from tests.integration.requests import ADA, request
from tests.integration.test_known_visitors import FORM, asked_for, profile, shown
from tests.integration.test_known_visitors import post as fill_in
from tests.integration.test_visits import (
    ADAS,
    BOB,
    BOBS,
    SITE,
    land,
    lead_of,
    post,
    table,
    token_to,
    visitor_of,
)
from tests.integration.world import BROWSER, World


def asked(world: World, visitor: str = ADAS, *before: str, form: str = FORM) -> str:
    """What a frame on the client's page is told."""
    event = request(
        "POST",
        "/forms/{form}/asked",
        path={"form": form},
        body=json.dumps({"visitor": visitor, "before": list(before)}),
        content_type="text/plain;charset=UTF-8",
        origin=SITE,
        user_agent=BROWSER,
    )
    answer = world.http("confirm_consent", event)
    assert answer["statusCode"] == 200
    (told,) = json.loads(answer["body"]).values()
    return str(told)


def ada_posts(world: World, visitor: str = ADAS) -> None:
    post(world, ADA, visitor)
    world.settle()


def ada_reads_a_mail(world: World) -> None:
    """On the same page, soon after."""
    world.now += timedelta(minutes=5)
    land(world, token_to(world, f"{SITE}/cakes"))


@pytest.fixture
def known(world: World) -> World:
    ada_posts(world)
    ada_reads_a_mail(world)
    return world


def test_who_posted_and_read_a_mail_there_is_asked_for_two_fields_at_a_time(known: World) -> None:
    first = shown(known, f"/forms/{FORM}?asked={asked(known)}")
    assert asked_for(first) == ["guests", "filling"]
    assert fill_in(known, first, guests="80", filling="lemon")["statusCode"] == 303

    second = shown(known, f"/forms/{FORM}?asked={asked(known)}")

    assert asked_for(second) == ["wedding_day", "phone"]
    told = profile(known)
    assert (told["guests"], told["filling"], told["first_name"]) == ("80", "lemon", "Ada")


def test_nothing_that_is_known_is_shown_or_overwritten_and_the_whole_form_is_a_click_away(
    known: World,
) -> None:
    page = shown(known, f"/forms/{FORM}?asked={asked(known)}")

    fill_in(known, page, guests="80", filling="lemon", first_name="Mallory", letters="yes")

    assert profile(known)["first_name"] == "Ada"
    assert not {"Ada", "ada@example.com"} & set(page.replace(">", "<").split("<"))
    assert "Somebody else? Show the whole form." in page


def test_looking_writes_nothing(known: World) -> None:
    before = known.account.items()

    asked(known)
    asked(known, BOBS)

    assert known.account.items() == before


def confirm(world: World) -> None:
    confirmed = record(
        lead=lead_of(world, "ada@example.com"),
        kind=CONSENT_CONFIRMED,
        source="form:cake-guide",
        received_at=world.now,
        data={"consents": {}, "visitor": visitor_of(world, ADAS)},
    )
    DynamoTouchpoints(table(world)).append(confirmed)
    world.settle()


def test_a_post_makes_a_browser_known_once_it_is_confirmed(world: World) -> None:
    ada_posts(world)
    assert asked(world) == ""

    confirm(world)

    assert asked(world) != ""


def test_a_link_alone_makes_nobody_known_but_does_where_the_same_browser_posted_before(
    world: World,
) -> None:
    ada_posts(world, BOBS)
    ada_reads_a_mail(world)

    assert asked(world) == ""
    assert asked(world, ADAS, BOBS) != ""


def of_a_second_name(world: World) -> None:
    world.now += timedelta(hours=1)
    post(world, BOB, ADAS)
    world.settle()


def of_an_erased_lead(world: World) -> None:
    DynamoEverything(table(world)).erase(lead_of(world, "ada@example.com"), world.now)
    world.settle()


@pytest.mark.parametrize("end", [of_a_second_name, of_an_erased_lead])
def test_nobody_is_known_any_more(known: World, end: Callable[[World], None]) -> None:
    end(known)

    assert asked(known) == ""


def test_nobody_is_known_where_somebody_else_gave_a_name_before(known: World) -> None:
    post(known, BOB, BOBS)
    known.settle()

    assert asked(known, ADAS, BOBS) == ""
    assert asked(known, BOBS, ADAS) == ""


def test_strangers_and_forms_that_ask_everybody_for_everything_get_the_same_answer(
    known: World,
) -> None:
    assert asked(known, BOBS) == ""
    assert asked(known, form="cake-guide") == ""


def test_what_it_opens_is_good_for_an_hour(known: World) -> None:
    location = f"/forms/{FORM}?asked={asked(known)}"
    page = shown(known, location)
    known.now += timedelta(minutes=61)

    assert "email" in asked_for(shown(known, location))
    assert fill_in(known, page, guests="80", filling="lemon")["statusCode"] == 422
    assert "guests" not in profile(known)


@pytest.mark.parametrize("again", range(2))
def test_evidence_that_is_told_twice_is_kept_once(known: World, again: int) -> None:
    for _ in range(again):
        confirm(known)
    ada_reads_a_mail(known)

    (mark,) = [each for each in known.account.items() if each["sk"]["S"] == "VISITOR"]
    assert mark["evident"] == {"BOOL": True}
    assert asked(known) != ""
