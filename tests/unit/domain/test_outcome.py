"""A mail that its journey left behind is settled by that ending; all that was claimed is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.gate import Gate
from coldframe.domain.message import Message, MessageState
from coldframe.domain.outcome import as_it_ended
from coldframe.domain.record import LeadRecord
from tests.contracts.examples import ADA, AT, LATER, claim, enrolment, message

CLOSED = enrolment(
    status=EnrolmentStatus.CLOSED,
    reason="converted",
    ended_at=LATER,
    claims={"case-study": replace(claim(), message="m1", mail="case-study")},
)
DAY_LATER = AT + timedelta(days=1)


def ended(
    *messages: Message, passage: Enrolment = CLOSED, gate: Gate | None = None
) -> list[Message]:
    record = LeadRecord(
        lead=ADA,
        profile=None,
        gate=gate or Gate(lead=ADA),
        enrolments=(passage,),
        messages=messages,
    )
    return list(as_it_ended(record, DAY_LATER).messages)


def test_a_mail_put_off_beyond_the_end_of_its_journey_is_refused_for_that_end() -> None:
    put_off = message(MessageState.DEFERRED, why="quiet_hours", until=LATER)

    assert ended(put_off) == [
        replace(put_off, state=MessageState.REFUSED, why="converted", until=None, at=LATER)
    ]


def test_a_mail_in_doubt_when_its_journey_ended_is_unknown_after_15_minutes() -> None:
    [told] = ended(message())

    assert (told.state, told.why) == (MessageState.UNKNOWN, "outcome_unknown")


def test_a_claim_of_which_nothing_more_was_written_is_told_too() -> None:
    [told] = ended()

    assert (told.id, told.state, told.why) == ("m1", MessageState.REFUSED, "converted")


def test_nothing_is_concluded_while_the_journey_goes_on() -> None:
    put_off = message(MessageState.DEFERRED, why="capped", until=LATER)
    still_open = replace(CLOSED, status=EnrolmentStatus.OPEN, reason="", ended_at=None)

    assert ended(put_off, passage=still_open) == [put_off]


@pytest.mark.parametrize("state", ["sent", "refused", "unknown"])
def test_what_is_settled_stays_so(state: str) -> None:
    settled = message(MessageState(state))

    assert ended(settled) == [settled]


def test_a_broadcast_s_mail_waits_for_its_turn_unless_the_lead_opted_out() -> None:
    letter = message(MessageState.DEFERRED, why="throttled", journey="")
    recipient = replace(CLOSED, journey="", reason="completed", claims={})

    assert ended(letter, passage=recipient) == [letter]
    [told] = ended(letter, passage=recipient, gate=Gate(lead=ADA, unsubscribed_at=LATER))
    assert (told.state, told.why) == (MessageState.REFUSED, "unsubscribed")
