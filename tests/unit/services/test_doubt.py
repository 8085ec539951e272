"""SES refuses, throttles or gives no answer: nothing is repeated blindly, nothing is lost."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from coldframe.domain.errors import (
    MailRefused,
    NotYet,
    StaleLead,
    SuppressedContact,
    Throttled,
    Transient,
    UnknownOutcome,
)
from coldframe.domain.gate import Prohibition
from coldframe.domain.message import MessageState
from coldframe.services.dispatching import Dispatching
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World
from tests.unit.services.enrolled import LEAD, enrolment, message, step
from tests.unit.services.stories import ADA


def test_a_mail_in_doubt_is_not_repeated_for_15_minutes(enrolled: World) -> None:
    enrolled.mailer.answers = [UnknownOutcome("timeout")]

    with pytest.raises(NotYet, match="2026-11-16T10:15:00Z"):
        enrolled.messaging()(step(enrolled, "guide"))
    enrolled.clock.advance(minutes=14)
    with pytest.raises(NotYet, match="2026-11-16T10:15:00Z"):
        enrolled.messaging()(step(enrolled, "guide"))

    assert enrolled.mailer.mails() == []
    assert message(enrolled, "guide").state is MessageState.SENDING


def test_without_doubt_nothing_is_waited_for_though_another_clock_is_ahead(
    enrolled: World,
) -> None:
    enrolled.mailer.answers = [UnknownOutcome("timeout")]
    with pytest.raises(NotYet):
        enrolled.messaging()(step(enrolled, "guide"))
    ahead = replace(message(enrolled, "guide"), at=MONDAY + timedelta(seconds=1))
    calls = Dispatching(
        ledger=enrolled.ledger,
        mailer=enrolled.mailer,
        clock=enrolled.clock,
        doubt=timedelta(0),
    )

    assert calls.free(ahead, on_unknown="repeat").attempt == 2


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


def test_a_mail_throttled_for_a_day_is_tried_ever_less_often(enrolled: World) -> None:
    """A run's history holds 25,000 events, and each try costs two transitions."""
    end, tries = MONDAY + timedelta(days=1), 0
    while enrolled.clock.at < end:
        enrolled.mailer.answers = [Throttled("daily quota")]
        with pytest.raises(NotYet) as later:
            enrolled.messaging()(step(enrolled, "case-study"))
        assert later.value.until - enrolled.clock.at < timedelta(minutes=31)
        enrolled.clock.at = later.value.until
        tries += 1

    enrolled.messaging()(step(enrolled, "case-study"))

    assert tries < 150
    assert enrolled.mailer.mails() == ["case-study"]


def test_what_surely_was_not_sent_is_in_no_doubt(enrolled: World) -> None:
    enrolled.mailer.answers = [Transient("AccessDeniedException")]
    with pytest.raises(Transient):
        enrolled.messaging()(step(enrolled, "case-study"))

    enrolled.messaging()(step(enrolled, "case-study"))

    assert enrolled.mailer.mails() == ["case-study"]
