"""A send step: claimed before SES is called, never repeated, and the reasons are kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.errors import (
    Left,
    UnknownOutcome,
)
from coldframe.domain.gate import Prohibition
from tests.fakes.clock import MONDAY
from tests.fakes.world import World
from tests.unit.services.enrolled import LEAD, enrolment, message, step


def test_the_claim_is_taken_before_ses_is_called(enrolled: World) -> None:
    before = len(enrolled.writes.log)

    enrolled.messaging()(step(enrolled, "guide"))

    assert enrolled.writes.log[before:] == [
        "ledger.claim guide",
        "mailer.send",
        "ledger.sent guide",
    ]


def test_a_step_entered_again_sends_nothing_and_waits_from_when_it_was_sent(
    enrolled: World,
) -> None:
    first = enrolled.messaging()(step(enrolled, "guide"))
    enrolled.clock.advance(hours=5)

    again = enrolled.messaging()(step(enrolled, "guide"))

    assert enrolled.mailer.mails() == ["guide"]
    assert again == first
    assert first.resume_at == MONDAY + timedelta(days=2)


def test_another_generation_and_a_renamed_step_send_nothing_again(enrolled: World) -> None:
    enrolled.messaging()(step(enrolled, "guide"))
    renewed = enrolled.enrolments.next_generation(enrolment(enrolled), MONDAY)
    welcome = enrolled.playbook.journeys["welcome"]
    guide = replace(welcome.steps["guide"], id="the-guide")
    steps = {**welcome.steps, "the-guide": guide}
    enrolled.playbook.journeys["welcome"] = replace(welcome, steps=steps)

    enrolled.messaging()(step(enrolled, "the-guide"))

    assert renewed.generation == 2
    assert enrolled.mailer.mails() == ["guide"]
    assert enrolment(enrolled).step == "the-guide"


def test_an_older_generation_has_left(enrolled: World) -> None:
    old = step(enrolled, "guide")
    enrolled.enrolments.next_generation(enrolment(enrolled), MONDAY)

    with pytest.raises(Left):
        enrolled.messaging()(old)

    assert enrolled.mailer.mails() == []


def test_a_closed_enrolment_takes_no_claim(enrolled: World) -> None:
    enrolled.enrolments.close(enrolment(enrolled), "converted", MONDAY)

    with pytest.raises(Left, match=enrolment(enrolled).id):
        enrolled.messaging()(step(enrolled, "guide"))

    assert enrolment(enrolled).claims == {}


def test_without_consent_the_mail_is_left_out_and_the_journey_goes_on(enrolled: World) -> None:
    enrolled.profiles.rows[LEAD] = replace(enrolled.profiles.rows[LEAD], consents={})

    enrolled.messaging()(step(enrolled, "guide"))
    enrolled.messaging()(step(enrolled, "invitation"))

    assert enrolled.mailer.mails() == ["guide"]
    assert message(enrolled, "invitation").why == "no_consent"
    assert enrolment(enrolled).step == "invitation"


def test_why_a_mail_was_left_out_stays_the_same_when_asked_again(enrolled: World) -> None:
    profile = enrolled.profiles.rows[LEAD]
    enrolled.profiles.rows[LEAD] = replace(profile, consents={})
    first = enrolled.messaging()(step(enrolled, "invitation"))
    enrolled.profiles.rows[LEAD] = profile
    enrolled.clock.advance(hours=1)

    again = enrolled.messaging()(step(enrolled, "invitation"))

    assert enrolled.mailer.mails() == []
    assert again == first


def test_under_a_token_refusals_are_reported_by_name_and_not_raised(enrolled: World) -> None:
    enrolled.mailer.answers = [UnknownOutcome("timeout")]
    enrolled.messaging()(step(enrolled, "case-study", "t1"))
    enrolled.gates.forbid(LEAD, Prohibition.BOUNCED, MONDAY)
    enrolled.messaging()(step(enrolled, "invitation", "t2"))
    enrolled.messaging()(step(enrolled, "invitation", "t3"))

    told = {token: (each.error, each.cause) for token, each in enrolled.waits.answers.items()}
    assert told == {
        "t1": ("NotYet", "2026-11-16T10:15:00Z"),
        "t2": ("SuppressedContact", "bounced"),
        "t3": ("Left", enrolment(enrolled).id),
    }


def test_the_last_step_closes_the_enrolment(enrolled: World) -> None:
    welcome = enrolled.playbook.journeys["welcome"]
    last = replace(welcome.steps["guide"], pause=None, next=None)
    enrolled.playbook.journeys["welcome"] = replace(welcome, steps={**welcome.steps, "guide": last})

    enrolled.messaging()(step(enrolled, "guide"))

    assert (enrolment(enrolled).status, enrolment(enrolled).reason) == ("closed", "completed")


def test_what_is_stuck_but_left_is_just_over(enrolled: World) -> None:
    command = replace(step(enrolled, "guide"), stuck="KeyError")
    enrolled.enrolments.close(enrolment(enrolled), "converted", MONDAY)

    enrolled.deciding()(command)

    assert (enrolment(enrolled).status, enrolment(enrolled).reason) == ("closed", "converted")
