"""A send step: claimed before SES is called, never repeated, never lost track of."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from coldframe.domain.enrolment import Enrolment
from coldframe.domain.errors import (
    Left,
    MailRefused,
    NotYet,
    StaleLead,
    SuppressedContact,
    Throttled,
    UnknownOutcome,
)
from coldframe.domain.gate import Prohibition
from coldframe.domain.message import Message, MessageState
from coldframe.services.steps import StepCommand
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA

LEAD = lead_of(ADA)


@pytest.fixture
def enrolled(stage: Stage) -> World:
    """Ada asked for the guide; her run is about to begin."""
    stage.post(ADA)
    for decision in stage.react():
        stage.world.carrying_out()(decision)
    stage.world.playbook.without_limits()
    return stage.world


def enrolment(world: World) -> Enrolment:
    [row] = world.enrolments.rows.values()
    return row


def step(world: World, name: str, token: str | None = None) -> StepCommand:
    row = enrolment(world)
    return StepCommand(
        lead=LEAD,
        enrolment=row.id,
        generation=row.generation,
        journey="welcome",
        step=name,
        token=token,
    )


def message(world: World, mail: str) -> Message:
    [row] = [row for row in world.ledger.rows.values() if row.mail == mail]
    return row


def test_the_claim_is_taken_before_ses_is_called(enrolled: World) -> None:
    before = len(enrolled.writes.log)

    enrolled.messaging()(step(enrolled, "guide"))

    assert enrolled.writes.log[before:] == [
        "ledger.claim guide",
        "ledger.sending guide",
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


def test_a_mail_in_doubt_is_not_repeated_for_15_minutes(enrolled: World) -> None:
    enrolled.mailer.answers = [UnknownOutcome("timeout")]

    with pytest.raises(NotYet, match="2026-11-16T10:15:00Z"):
        enrolled.messaging()(step(enrolled, "guide"))
    enrolled.clock.advance(minutes=14)
    with pytest.raises(NotYet, match="2026-11-16T10:15:00Z"):
        enrolled.messaging()(step(enrolled, "guide"))

    assert enrolled.mailer.mails() == []
    assert message(enrolled, "guide").state is MessageState.SENDING


def test_silence_after_15_minutes_repeats_only_what_says_so(enrolled: World) -> None:
    for name in ("guide", "case-study"):
        enrolled.mailer.answers = [UnknownOutcome("timeout")]
        with pytest.raises(NotYet):
            enrolled.messaging()(step(enrolled, name))
    enrolled.clock.advance(minutes=15)

    for name in ("guide", "case-study"):
        enrolled.messaging()(step(enrolled, name))

    assert enrolled.mailer.mails() == ["guide"]
    assert (message(enrolled, "guide").state, message(enrolled, "guide").attempt) == ("sent", 2)
    dropped = message(enrolled, "case-study")
    assert (dropped.state, dropped.why) == ("unknown", "outcome_unknown")


def test_the_send_event_settles_the_doubt(enrolled: World) -> None:
    enrolled.mailer.answers = [UnknownOutcome("timeout")]
    with pytest.raises(NotYet):
        enrolled.messaging()(step(enrolled, "guide"))
    enrolled.email_events.update(
        LEAD, message(enrolled, "guide").id, {"sent_at": "2026-11-16T10:00:01.000Z"}
    )
    enrolled.clock.advance(minutes=20)

    outcome = enrolled.messaging()(step(enrolled, "guide"))

    assert enrolled.mailer.mails() == []
    assert message(enrolled, "guide").state is MessageState.SENT
    assert outcome.resume_at == MONDAY + timedelta(days=2, seconds=1)


def test_a_throttled_mail_goes_seconds_later_under_the_same_claim(enrolled: World) -> None:
    enrolled.mailer.answers = [Throttled("rate")]
    with pytest.raises(NotYet) as later:
        enrolled.messaging()(step(enrolled, "case-study"))
    assert timedelta() < later.value.until - MONDAY <= timedelta(seconds=6)
    enrolled.clock.at = later.value.until

    enrolled.messaging()(step(enrolled, "case-study"))

    assert enrolled.mailer.mails() == ["case-study"]
    assert len(enrolled.gates.get(LEAD).mails) == 0  # no caps, nothing to count
    assert message(enrolled, "case-study").why == ""


def test_a_refused_mail_is_recorded_and_the_journey_goes_on(enrolled: World) -> None:
    enrolled.mailer.answers = [MailRefused("MessageRejected")]

    outcome = enrolled.messaging()(step(enrolled, "guide"))

    assert (message(enrolled, "guide").state, message(enrolled, "guide").why) == (
        "refused",
        "MessageRejected",
    )
    assert outcome.resume_at == MONDAY + timedelta(days=2)


def test_a_claim_taken_before_an_opt_out_is_not_sent_after_it(enrolled: World) -> None:
    enrolled.mailer.answers = [Throttled("rate")]
    with pytest.raises(NotYet):
        enrolled.messaging()(step(enrolled, "case-study"))
    enrolled.gates.forbid(LEAD, Prohibition.UNSUBSCRIBED, MONDAY + timedelta(seconds=1))

    with pytest.raises(SuppressedContact, match="unsubscribed"):
        enrolled.messaging()(step(enrolled, "case-study"))

    assert enrolled.mailer.mails() == []
    assert enrolment(enrolled).reason == "suppressed"
    assert (message(enrolled, "case-study").state, message(enrolled, "case-study").why) == (
        "refused",
        "unsubscribed",
    )


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
    last = replace(welcome.steps["guide"], wait=None, next=None)
    enrolled.playbook.journeys["welcome"] = replace(welcome, steps={**welcome.steps, "guide": last})

    enrolled.messaging()(step(enrolled, "guide"))

    assert (enrolment(enrolled).status, enrolment(enrolled).reason) == ("closed", "completed")


def test_a_run_that_is_not_dead_yet_and_its_retry_send_once() -> None:
    """Lambda gave up on an invocation that goes on: at any moment its retry does all its work."""
    moment = 0
    while True:
        stage = Stage(World())
        stage.world.playbook.without_limits()
        stage.post(ADA)
        for decision in stage.react():
            stage.world.carrying_out()(decision)
        world = stage.world
        world.writes.interrupt_at = world.writes.operations + moment
        world.writes.interruption = partial(tried, world)

        tried(world)

        if world.writes.interrupt_at is not None:
            break
        assert world.mailer.mails() == ["guide"], moment
        assert message(world, "guide").state is MessageState.SENT, moment
        moment += 1
    assert moment >= 7


def tried(world: World) -> None:
    with suppress(NotYet, StaleLead):
        world.messaging()(step(world, "guide"))


def test_what_is_stuck_but_left_is_just_over(enrolled: World) -> None:
    command = replace(step(enrolled, "guide"), stuck="KeyError")
    enrolled.enrolments.close(enrolment(enrolled), "converted", MONDAY)

    enrolled.deciding()(command)

    assert (enrolment(enrolled).status, enrolment(enrolled).reason) == ("closed", "converted")
