"""One lead's record, told in order: what it did, what it got, where that took it, and why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coldframe.domain import touchpoint as kinds
from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.message import (
    HAND_OFF_MAIL,
    NOTICES,
    NOTIFY_MAIL,
    REPLY_MAIL,
    TASK_MAIL,
    TEXT,
    WEBHOOK,
    Message,
    MessageState,
)
from coldframe.domain.observation import Observation, Verdict
from coldframe.domain.reasons import reason
from coldframe.domain.record import LeadRecord
from coldframe.domain.telling import OURS, RANK, TELL, tell_event
from coldframe.domain.touchpoint import Touchpoint


class Voice(StrEnum):
    """Who acted: the lead, we, a machine on the lead's side, or the journey's own course."""

    LEAD = "lead"
    US = "us"
    MACHINE = "machine"
    JOURNEY = "journey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line; ``message`` links it to the mail that it speaks of."""

    at: datetime
    voice: Voice
    text: str
    message: str = ""
    rank: int = 0
    """Orders what happened at the same instant: causes before consequences."""


def diary(record: LeadRecord) -> tuple[Entry, ...]:
    """All entries, oldest first; of the same instant, causes before consequences."""
    lines = [
        *_touchpoints(record),
        *(_entered(decision) for decision in record.decisions if _enrols(decision, record)),
        *_messages(record.messages),
        *_ways(record.enrolments),
        *_ends(record.enrolments),
    ]
    return tuple(sorted(lines, key=lambda entry: (entry.at, entry.rank)))


def _enrols(decision: Decision, record: LeadRecord) -> bool:
    """Not every decision lets the lead in: it may still be in the journey, or have been there."""
    held = {each.cause for each in record.enrolments if each.journey == decision.journey}
    return decision.kind is DecisionKind.ENROL and (not held or bool(held & {"", decision.cause}))


def _entered(decision: Decision) -> Entry:
    text = f"enters the journey {decision.journey}"
    return Entry(at=decision.at, voice=Voice.JOURNEY, text=text, rank=1)


def _touchpoints(record: LeadRecord) -> Iterator[Entry]:
    mails = {message.id: message for message in record.messages}
    verdicts = {observation.message: observation for observation in record.observations}
    for touchpoint in record.touchpoints:
        message = str(touchpoint.data.get("message", ""))
        tell = TELL.get(touchpoint.kind, tell_event)
        text = tell(touchpoint, mails.get(message))
        if text is not None:
            voice = _voice(touchpoint, verdicts.get(message))
            rank = RANK.get(touchpoint.kind, 0)
            yield Entry(
                at=touchpoint.occurred_at, voice=voice, text=text, message=message, rank=rank
            )


def _voice(touchpoint: Touchpoint, observation: Observation | None) -> Voice:
    evidence = touchpoint.kind in {kinds.LINK_FOLLOWED, kinds.EMAIL_OPENED}
    machine = observation is not None and observation.verdict is Verdict.MACHINE
    if evidence and machine:
        return Voice.MACHINE
    return Voice.JOURNEY if touchpoint.kind in OURS else Voice.LEAD


def _messages(messages: tuple[Message, ...]) -> Iterator[Entry]:
    for message in messages:
        at = message.sent_at or message.at
        rank = 3 if message.mail in NOTICES else 2
        yield Entry(at=at, voice=Voice.US, text=_outcome(message), message=message.id, rank=rank)


_NOTICES = {
    HAND_OFF_MAIL: "the hand-off to sales",
    NOTIFY_MAIL: "the notice to the client's people",
    TASK_MAIL: "the task for the client's people",
    REPLY_MAIL: "the lead's answer, passed on to the owner,",
}


def _outcome(message: Message) -> str:
    name = _NOTICES.get(message.mail) or _named(message.mail)
    if message.state is MessageState.SENT:
        return f"{name} is sent"
    if message.state is MessageState.DEFERRED:
        return f"{name} not yet: {reason(message.why)}"
    if message.state is MessageState.SENDING:
        return f"{name} is on its way"
    return f"{name} is not sent: {reason(message.why)}"


def _named(mail: str) -> str:
    if mail.startswith(WEBHOOK):
        return f"the call to “{mail.removeprefix(WEBHOOK)}”"
    if mail.startswith(TEXT):
        return f"the text message “{mail.removeprefix(TEXT)}”"
    return f"“{mail}”"


def _ways(enrolments: tuple[Enrolment, ...]) -> Iterator[Entry]:
    for enrolment in enrolments:
        for step, why in enrolment.because.items():
            arm = enrolment.arms.get(step)
            text = f"at “{step}” goes the way “{arm}”, {why.text}" if arm else reason(why.text)
            yield Entry(at=why.at, voice=Voice.JOURNEY, text=text, rank=1)


def _ends(enrolments: tuple[Enrolment, ...]) -> Iterator[Entry]:
    for enrolment in enrolments:
        if not enrolment.journey:  # a broadcast's: its mail says it all
            continue
        if enrolment.status is EnrolmentStatus.STUCK:
            text = f"the journey {enrolment.journey} is stuck at {enrolment.step}"
        elif enrolment.status is EnrolmentStatus.CLOSED and enrolment.reason:
            text = f"the journey {enrolment.journey} ends: {reason(enrolment.reason)}"
        else:
            continue
        at = enrolment.ended_at or enrolment.since
        yield Entry(at=at, voice=Voice.JOURNEY, text=text, rank=6)
