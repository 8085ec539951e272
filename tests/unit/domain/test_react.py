"""Consequences of one touchpoint: pure, and named after their cause."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import enrolment_id
from coldframe.domain.profile import Profile
from coldframe.domain.react import react
from coldframe.domain.touchpoint import Touchpoint, record
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import CLICKED, REACTIONS

ENROLMENT = enrolment_id("ada", "welcome")


def touchpoint(kind: str, *, minute: int = 0, **data: Any) -> Touchpoint:
    at = MONDAY + timedelta(minutes=minute)
    return record(lead="ada", kind=kind, source="test", received_at=at, data=data)


def asked(minute: int = 0, form: str = "cake-guide") -> Touchpoint:
    return touchpoint("form.submitted", minute=minute, form=form, fields={}, consents={})


def decided(*of: Touchpoint) -> tuple[Decision, ...]:
    """What the last of them leads to."""
    profile: Profile | None = None
    decisions: tuple[Decision, ...] = ()
    for each in of:
        reaction = react(profile, each, REACTIONS)
        profile, decisions = reaction.profile, reaction.decisions
    return decisions


def test_asking_for_the_guide_enrols() -> None:
    [decision] = decided(asked())

    assert (decision.kind, decision.journey, decision.at) == (DecisionKind.ENROL, "welcome", MONDAY)
    assert decision.data == {"enrolment": ENROLMENT, "first": "guide"}
    assert decision.id == f"{asked().id}#enrol#welcome"


def test_the_same_cause_decides_the_same_thing() -> None:
    assert decided(asked()) == decided(asked(), asked())


def test_another_form_enrols_nobody() -> None:
    assert decided(asked(form="newsletter")) == ()


@pytest.mark.parametrize(
    "kind",
    [
        touchpoint("unsubscribed"),
        touchpoint("email.complained"),
        touchpoint("email.bounced", type="hard"),
    ],
    ids=lambda each: each.kind,
)
def test_what_forbids_mail_ends_every_journey(kind: Touchpoint) -> None:
    [decision] = decided(asked(), kind)

    assert (decision.kind, decision.journey) == (DecisionKind.EXIT, "*")
    assert decision.data == {"reason": "suppressed"}


def test_a_soft_bounce_ends_nothing() -> None:
    assert decided(asked(), touchpoint("email.bounced", type="soft")) == ()


def test_a_click_answers_the_step_that_waits_for_it() -> None:
    [decision] = decided(touchpoint("email.clicked", mail="case-study", enrolment=ENROLMENT))

    assert decision.kind is DecisionKind.RESOLVE
    assert decision.data == {
        "enrolment": ENROLMENT,
        "step": "case-study",
        "event": "email.clicked",
    }


def test_a_click_on_another_enrolments_mail_answers_nothing() -> None:
    assert decided(touchpoint("email.clicked", mail="case-study", enrolment="other")) == ()


def test_an_event_that_both_exits_and_resolves_exits() -> None:
    both = replace(
        REACTIONS, exits=(replace(REACTIONS.exits[0], when=CLICKED),), waits=REACTIONS.waits
    )

    decisions = react(None, touchpoint("email.clicked", mail="case-study"), both).decisions

    assert [each.kind for each in decisions] == [DecisionKind.EXIT]


def test_who_left_is_not_enrolled_for_what_happened_before() -> None:
    booked = touchpoint("tasting.booked", minute=5)

    assert decided(booked, asked(minute=4)) == ()
    assert decided(booked, asked(minute=5)) == ()
    assert [each.kind for each in decided(booked, asked(minute=6))] == [DecisionKind.ENROL]


def test_an_exit_tells_of_the_entry_before_it() -> None:
    booked = touchpoint("tasting.booked", minute=5)

    [exit_after] = decided(asked(minute=1), booked)
    [exit_only] = decided(asked(minute=9), booked)

    assert exit_after.data["entered"] == "2026-11-16T10:01:00.000Z"
    assert exit_after.data["first"] == "guide"
    assert "entered" not in exit_only.data
    assert exit_only.data["reason"] == "converted"


def test_of_two_ways_out_at_once_the_first_is_taken() -> None:
    first = REACTIONS.exits[0]
    both = replace(REACTIONS, exits=(first, replace(first, reason="another", then="elsewhere")))

    [decision] = react(None, touchpoint("tasting.booked"), both).decisions

    assert decision.data["reason"] == first.reason
    assert "then" not in decision.data


def test_what_meets_two_rules_of_a_journey_decides_once() -> None:
    """One transaction takes each item once: the second would have the touchpoint parked."""
    twice = replace(REACTIONS, entries=REACTIONS.entries * 2, exits=REACTIONS.exits * 2)

    for cause, kind in ((asked(), "enrol"), (touchpoint("tasting.booked"), "exit")):
        decisions = react(None, cause, twice).decisions
        assert [each.kind for each in decisions] == [kind]
