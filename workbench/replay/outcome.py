"""What became of a lead: in the record, or in a replay; made to be compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus, message_id
from coldframe.domain.message import Message, MessageState
from coldframe.domain.observation import Observation, Verdict
from coldframe.domain.touchpoint import FIELDS_SET, MARKETING_STOPPED, SCORE_GIVEN, Touchpoint
from coldframe.services.texting import NO_PHONE
from workbench.replay.book import Book
from workbench.replay.past import Known, Past

BY_JOURNEYS: Final = "journey"
"""The source of what steps bring about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A mail, text, notice or call that went, or didn't, and why not."""

    what: str
    at: datetime
    went: bool = True
    why: str = ""
    until: datetime | None = None
    """Put off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An enrolment, as far as it came."""

    id: str
    journey: str
    key: str
    entered_at: datetime
    acts: Mapping[str, Act]
    """By what they claim."""
    arms: Mapping[str, str]
    because: Mapping[str, str]
    ended_at: datetime | None = None
    reason: str = ""
    waits: Act | None = None
    """What it last put off or waits for; replays alone know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a journey set or gave, or a mail that was asked for."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    passages: tuple[Passage, ...]
    letters: Mapping[str, Act]
    """Message → a broadcast's mail."""
    told: Mapping[str, Told]
    verdicts: Mapping[str, str]
    """Message → whether a person was at work."""
    known: Known
    unreadable: Mapping[str, str]


def passage_of(
    enrolment: Enrolment, withheld: Mapping[str, Act], because: Mapping[str, str]
) -> Passage:
    went = {key: Act(what=each.mail, at=each.at) for key, each in enrolment.claims.items()}
    closed = enrolment.status is EnrolmentStatus.CLOSED
    return Passage(
        id=enrolment.id,
        journey=enrolment.journey,
        key=enrolment.key,
        entered_at=enrolment.started_at,
        acts={**went, **withheld},
        arms={step: arm for step, arm in enrolment.arms.items() if arm},
        because=because,
        ended_at=enrolment.ended_at if closed else None,
        reason=enrolment.reason if closed else "",
    )


def as_recorded(past: Past, book: Book) -> Outcome:
    entered = [each for each in past.enrolments if each.journey]
    return Outcome(
        passages=tuple(_recorded(each, past, book) for each in entered),
        letters={
            each.id: letter_of(each, past) for each in past.messages if is_settled_letter(each)
        },
        told=told_in(past.touchpoints) | asked_for(past.decisions),
        verdicts=verdicts_of(past.observations),
        known=past.known,
        unreadable={},
    )


def _recorded(enrolment: Enrolment, past: Past, book: Book) -> Passage:
    because = {step: each.text for step, each in enrolment.because.items()}
    return passage_of(enrolment, withheld_in(enrolment, past.messages, book), because)


def withheld_in(enrolment: Enrolment, messages: Iterable[Message], book: Book) -> Mapping[str, Act]:
    """What was refused by our own rules; what the mail service refused had been sent by them."""
    names = claims_by_message(enrolment, book)
    return {
        names.get(each.id, each.mail): Act(what=each.mail, at=each.at, went=False, why=each.why)
        for each in messages
        if each.enrolment == enrolment.id
        and each.state is MessageState.REFUSED
        and (each.why == NO_PHONE or names.get(each.id) not in enrolment.claims)
    }


def claims_by_message(enrolment: Enrolment, book: Book) -> Mapping[str, str]:
    journey = book.journeys.get(enrolment.journey)
    steps = journey.steps.values() if journey else ()
    named = {message_id(enrolment.id, step.claim): step.claim for step in steps if step.claim}
    return named | {claim.message: key for key, claim in enrolment.claims.items()}


def is_settled_letter(message: Message) -> bool:
    settled = {MessageState.SENT, MessageState.REFUSED, MessageState.UNKNOWN}
    return not message.journey and message.state in settled


def letter_of(message: Message, past: Past) -> Act:
    """By its claim: what was claimed went by our rules."""
    claims = (each.claims.values() for each in past.enrolments if each.id == message.enrolment)
    claim = next((each for several in claims for each in several), None)
    if claim is not None:
        return Act(what=message.mail, at=claim.at)
    return Act(what=message.mail, at=message.at, went=False, why=message.why)


def told_in(touchpoints: Iterable[Touchpoint]) -> dict[str, Told]:
    """By the part of the id that is the same whenever it is told."""
    return {
        own_part(each): Told(what=_said(each), at=each.received_at)
        for each in touchpoints
        if each.source == BY_JOURNEYS and each.kind in {FIELDS_SET, SCORE_GIVEN, MARKETING_STOPPED}
    }


def asked_for(decisions: Iterable[Decision]) -> dict[str, Told]:
    return {
        each.id: Told(what=f"asks for the mail {each.data['mail']}", at=each.at)
        for each in decisions
        if each.kind is DecisionKind.MAIL
    }


def own_part(touchpoint: Touchpoint) -> str:
    return touchpoint.id.partition("#")[2]


def verdicts_of(observations: Iterable[Observation]) -> dict[str, str]:
    decided = (each for each in observations if each.verdict is not Verdict.PENDING)
    return {each.message: each.verdict.value for each in decided}


def _said(touchpoint: Touchpoint) -> str:
    data = touchpoint.data
    if touchpoint.kind == SCORE_GIVEN:
        return f"gives {data['points']:+g} points"
    if touchpoint.kind == MARKETING_STOPPED:
        return "stops all marketing"
    return "sets " + ", ".join(f"{name} to {value}" for name, value in data["fields"].items())
