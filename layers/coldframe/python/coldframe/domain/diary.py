"""One lead's record, told in order: what it did, what it got, where that took it, and why not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coldframe.domain import touchpoint as kinds
from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.message import HAND_OFF_MAIL, Message, MessageState
from coldframe.domain.observation import Observation, Verdict
from coldframe.domain.record import LeadRecord
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


REASONS: Mapping[str, str] = {
    "unsubscribed": "the lead unsubscribed",
    "complained": "the lead reported a mail as spam",
    "bounced": "the address bounced for good",
    "erased": "the lead was erased",
    "with_sales": "sales has the lead in hand",
    "no_consent": "the lead never agreed to this topic",
    "capped": "the lead got as many mails as its cap allows",
    "quiet_hours": "it is night where the lead lives",
    "in_doubt": "the mail service gave no answer; we wait for its word before anything else",
    "mail_service_faulty": "the mail service could not be used; we try again",
    "throttled": "the mail service asked us to slow down",
    "outcome_unknown": "the mail service never said whether it took the mail: not repeated",
    "completed": "it reached the end",
    "converted": "the goal was reached",
    "suppressed": "mail to the lead is forbidden",
}


def reason(name: str) -> str:
    """A stored reason in words; one that we have no words for stands as it is."""
    return REASONS.get(name, name.replace("_", " "))


def diary(record: LeadRecord) -> tuple[Entry, ...]:
    """All entries, oldest first; of the same instant, causes before consequences."""
    lines = [
        *_touchpoints(record),
        *(_entered(decision) for decision in record.decisions if _enrols(decision)),
        *_messages(record.messages),
        *_ends(record.enrolments),
    ]
    return tuple(sorted(lines, key=lambda entry: (entry.at, entry.rank)))


def _enrols(decision: Decision) -> bool:
    return decision.kind is DecisionKind.ENROL


def _entered(decision: Decision) -> Entry:
    text = f"enters the journey {decision.journey}"
    return Entry(at=decision.at, voice=Voice.JOURNEY, text=text, rank=1)


def _touchpoints(record: LeadRecord) -> Iterator[Entry]:
    mails = {message.id: message for message in record.messages}
    verdicts = {observation.message: observation for observation in record.observations}
    for touchpoint in record.touchpoints:
        message = str(touchpoint.data.get("message", ""))
        tell = _TELL.get(touchpoint.kind, _tell_event)
        text = tell(touchpoint, mails.get(message))
        if text is not None:
            voice = _voice(touchpoint, verdicts.get(message))
            rank = _RANK.get(touchpoint.kind, 0)
            yield Entry(
                at=touchpoint.occurred_at, voice=voice, text=text, message=message, rank=rank
            )


def _voice(touchpoint: Touchpoint, observation: Observation | None) -> Voice:
    evidence = touchpoint.kind in {kinds.LINK_FOLLOWED, kinds.EMAIL_OPENED}
    machine = observation is not None and observation.verdict is Verdict.MACHINE
    return Voice.MACHINE if evidence and machine else Voice.LEAD


def _tell_form(touchpoint: Touchpoint, _mail: Message | None) -> str:
    topics = touchpoint.data.get("consents") or {}
    agreed = f" and agrees to {', '.join(sorted(topics))}" if topics else ""
    return f"fills in the form {touchpoint.data.get('form')}{agreed}"


def _tell_follow(touchpoint: Touchpoint, mail: Message | None) -> str:
    index = touchpoint.data.get("link")
    number = int(index) + 1 if index is not None else "?"
    of = f" of {mail.links}" if mail and mail.links else ""
    return f"link {number}{of} in “{mail.mail if mail else '?'}” is followed"


def _tell_open(_touchpoint: Touchpoint, mail: Message | None) -> str:
    return f"“{mail.mail if mail else '?'}” is opened"


def _tell_click(touchpoint: Touchpoint, _mail: Message | None) -> str:
    return f"clicks in “{touchpoint.data.get('mail')}” (a person, we are confident)"


def _tell_bounce(touchpoint: Touchpoint, mail: Message | None) -> str:
    how = "for good" if touchpoint.data.get("hard") else "for now"
    return f"“{mail.mail if mail else '?'}” bounces {how}"


def _tell_complaint(_touchpoint: Touchpoint, mail: Message | None) -> str:
    return f"reports “{mail.mail if mail else '?'}” as spam"


def _tell_unsubscribe(_touchpoint: Touchpoint, _mail: Message | None) -> str:
    return "unsubscribes from everything"


def _tell_nothing(_touchpoint: Touchpoint, _mail: Message | None) -> None:
    return None


def _tell_event(touchpoint: Touchpoint, _mail: Message | None) -> str:
    return touchpoint.kind


_RANK: Mapping[str, int] = {kinds.LINK_FOLLOWED: 4, kinds.EMAIL_OPENED: 4, kinds.EMAIL_CLICKED: 5}

_TELL: Mapping[str, Callable[[Touchpoint, Message | None], str | None]] = {
    kinds.FORM_SUBMITTED: _tell_form,
    kinds.LINK_FOLLOWED: _tell_follow,
    kinds.EMAIL_OPENED: _tell_open,
    kinds.EMAIL_CLICKED: _tell_click,
    kinds.EMAIL_BOUNCED: _tell_bounce,
    kinds.EMAIL_COMPLAINED: _tell_complaint,
    kinds.UNSUBSCRIBED: _tell_unsubscribe,
    kinds.TICK: _tell_nothing,
}


def _messages(messages: tuple[Message, ...]) -> Iterator[Entry]:
    for message in messages:
        at = message.sent_at or message.at
        rank = 3 if message.mail == HAND_OFF_MAIL else 2
        yield Entry(at=at, voice=Voice.US, text=_outcome(message), message=message.id, rank=rank)


def _outcome(message: Message) -> str:
    name = "the hand-off to sales" if message.mail == HAND_OFF_MAIL else f"“{message.mail}”"
    if message.state is MessageState.SENT:
        return f"{name} is sent"
    if message.state is MessageState.DEFERRED:
        return f"{name} not yet: {reason(message.why)}"
    if message.state is MessageState.SENDING:
        return f"{name} is on its way"
    return f"{name} is not sent: {reason(message.why)}"


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
