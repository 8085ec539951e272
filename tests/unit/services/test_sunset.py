"""A journey may end in writing to a lead no more; only the lead itself brings that to an end."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from coldframe.domain.gate import Gate
from coldframe.domain.journey_steps import StopMarketing
from coldframe.domain.message import MailKind
from coldframe.domain.profile import Profile, remember
from coldframe.domain.sending import GO, Answer, Word, may_send
from coldframe.domain.sunset import sunset_at
from coldframe.domain.touchpoint import MARKETING_STOPPED, Touchpoint, record
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY
from tests.fakes.world import World
from tests.unit.services.on_tour import changed, on_tour, stands
from tests.unit.services.tour import TOUR

DAY = timedelta(days=1)
AGREED = {"baking": {"text": "Yes", "source": "form"}}


def told(kind: str, at: datetime, **data: Any) -> Touchpoint:
    return record(
        lead="ada", kind=kind, source="test", received_at=at, data=data, own_id=f"{kind} {at}"
    )


def posted(at: datetime, *, consents: dict[str, Any] | None = None) -> Touchpoint:
    return told("form.submitted", at, address="ada@example.com", fields={}, consents=consents or {})


STOPPED = told(MARKETING_STOPPED, MONDAY + 100 * DAY, why="silent", journey="quiet")


def ada(*touchpoints: Touchpoint) -> Profile:
    profile = None
    for each in touchpoints:
        profile = remember(profile, each, rules=())
    assert profile
    return profile


def asked(profile: Profile, kind: MailKind = MailKind.VALUE) -> Answer:
    return may_send(
        kind,
        topic="baking",
        gate=Gate(lead="ada"),
        profile=profile,
        client=replace(BAKERY, caps=(), quiet_hours=None),
        requested_at=MONDAY,
        now=MONDAY + 101 * DAY,
    )


def test_no_marketing_goes_any_more_but_what_the_lead_asks_for_does() -> None:
    before, after = ada(posted(MONDAY, consents=AGREED)), [posted(MONDAY, consents=AGREED), STOPPED]

    assert asked(before) == GO
    assert asked(ada(*after)) == Answer(word=Word.FORBIDDEN, why="sunset")
    assert asked(ada(*after), MailKind.REQUESTED) == GO


@pytest.mark.parametrize(
    "comes_back",
    [
        posted(MONDAY + 120 * DAY),
        told("consent.confirmed", MONDAY + 120 * DAY, consents=AGREED),
    ],
)
def test_who_fills_in_a_form_or_agrees_anew_is_written_to_again(comes_back: Touchpoint) -> None:
    first = posted(MONDAY, consents=AGREED)

    for order in permutations([first, STOPPED, comes_back]):
        assert sunset_at(ada(*order)) is None, [each.kind for each in order]


@pytest.mark.parametrize(
    "does",
    [
        told("email.clicked", MONDAY + 120 * DAY, mail="letter"),
        told("page.viewed", MONDAY + 120 * DAY, path="/"),
        told("lead.imported", MONDAY + 120 * DAY, address="", fields={}, consents={}),
        posted(MONDAY + 99 * DAY),
    ],
)
def test_nothing_else_brings_it_back_whatever_comes_first(does: Touchpoint) -> None:
    first = posted(MONDAY, consents=AGREED)

    for order in permutations([first, STOPPED, does]):
        assert sunset_at(ada(*order)) == MONDAY + 100 * DAY


def test_who_is_set_aside_again_is_set_aside_from_then() -> None:
    again = told(MARKETING_STOPPED, MONDAY + 300 * DAY, why="silent again", journey="quiet")

    for order in permutations([posted(MONDAY), STOPPED, posted(MONDAY + 120 * DAY), again]):
        assert sunset_at(ada(*order)) == MONDAY + 300 * DAY


def test_the_step_says_so_once_however_often_it_is_entered() -> None:
    world = on_tour()
    changed(world, "tour", replace(TOUR.steps["score"], action=StopMarketing(why="silent")))

    for _ in range(3):
        world.deciding()(stands(world, "score"))
        world.clock.advance(hours=20)

    [stopped] = world.touchpoints.rows.values()
    assert (stopped.kind, stopped.depth) == (MARKETING_STOPPED, 1)
    assert stopped.data == {"why": "silent", "journey": "tour"}


def test_the_next_step_knows_it_before_the_profile_does() -> None:
    world: World = on_tour()
    changed(world, "tour", replace(TOUR.steps["score"], action=StopMarketing(why="silent")))
    world.deciding()(stands(world, "score"))
    journey = world.playbook.journeys["tour"]
    [stopped] = world.touchpoints.rows.values()

    known = world.deciding().leads(stopped.lead, journey)

    assert known
    assert sunset_at(known) == MONDAY
