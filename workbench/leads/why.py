"""Every step of a lead's journeys: done, not yet (until when), not at all (why); and what next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus, message_id
from coldframe.domain.journey import Journey, Step
from coldframe.domain.journey_steps import Branch, HandOff, Split
from coldframe.domain.message import Message, MessageState
from coldframe.domain.playbook import Client, Mail
from coldframe.domain.reasons import reason
from coldframe.domain.record import LeadRecord
from coldframe.domain.splitting import HOLDOUT
from workbench.window.ahead import Ahead, ahead


class Word(StrEnum):
    SENT = "sent"
    NOT_YET = "not yet"
    NOT_AT_ALL = "not at all"
    UNKNOWN = "outcome unknown"
    """Never repeated."""
    HERE = "here"
    PASSED = "passed"


class Book(Protocol):
    """The client's playbook; KeyError for what it doesn't hold."""

    def client(self) -> Client: ...
    def journey(self, name: str) -> Journey: ...
    def mail(self, name: str) -> Mail: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    step: str
    does: str
    word: Word
    at: datetime | None = None
    until: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One enrolment; ``steps`` in the journey's own order."""

    journey: str
    title: str
    status: str
    entered_at: datetime
    ended_at: datetime | None
    reason: str
    steps: tuple[StepLine, ...]
    next: tuple[Ahead, ...]


def passages(
    record: LeadRecord, book: Book, *, now: datetime, journey: str | None = None
) -> tuple[Passage, ...]:
    """Newest first; of one journey, if it is named."""
    found = sorted(
        (each for each in record.enrolments if each.journey and journey in (None, each.journey)),
        key=lambda each: each.started_at,
        reverse=True,
    )
    return tuple(_passage(each, record, book, now) for each in found)


def broadcasts(record: LeadRecord) -> tuple[StepLine, ...]:
    """Mails that belong to no journey, newest first."""
    outside = [message for message in record.messages if not message.journey]
    return tuple(
        _told(message, message.mail, f"“{message.mail}”")
        for message in sorted(outside, key=lambda one: one.at, reverse=True)
    )


def _passage(enrolment: Enrolment, record: LeadRecord, book: Book, now: datetime) -> Passage:
    coming: tuple[Ahead, ...] = ()
    try:
        journey = book.journey(enrolment.journey)
    except KeyError:
        steps, title = _gone(enrolment, record), enrolment.journey
    else:
        coming = ahead(enrolment, journey, record, client=book.client(), mail=book.mail, now=now)
        steps = tuple(_Walk(enrolment, journey, record).lines(coming))
        title = journey.title
    return Passage(
        journey=enrolment.journey,
        title=title,
        status=enrolment.status.value,
        entered_at=enrolment.started_at,
        ended_at=enrolment.ended_at,
        reason=reason(enrolment.reason) if enrolment.reason else "",
        steps=steps,
        next=coming,
    )


def _gone(enrolment: Enrolment, record: LeadRecord) -> tuple[StepLine, ...]:
    """The playbook no longer holds the journey: its mails tell what they can."""
    mails = [one for one in record.messages if one.enrolment == enrolment.id]
    return tuple(_told(one, one.step, f"sends “{one.mail}”") for one in mails)


@dataclass(frozen=True, slots=True)
class _Walk:
    enrolment: Enrolment
    journey: Journey
    record: LeadRecord

    def lines(self, coming: tuple[Ahead, ...]) -> Iterator[StepLine]:
        reached = _reachable(self.journey, self._here)
        for step in self.journey.steps.values():
            yield self._line(step, reached, coming)

    @property
    def _here(self) -> str:
        return self.enrolment.step or self.journey.first

    def _line(self, step: Step, reached: frozenset[str], coming: tuple[Ahead, ...]) -> StepLine:
        does = _does(step)
        if message := self._message(step):
            return _told(message, step.id, does)
        if because := self.enrolment.because.get(step.id):
            word = Word.NOT_AT_ALL if because.text == HOLDOUT else Word.PASSED
            why = because.text if self.enrolment.arms.get(step.id) else reason(because.text)
            return StepLine(step=step.id, does=does, word=word, at=because.at, why=why)
        here = step.id == self._here
        if self.enrolment.status is EnrolmentStatus.CLOSED:
            return self._after_the_end(step, does, here=here)
        if here:
            until = next((one.at for one in coming if one.at), None)
            since = self.enrolment.since
            return StepLine(step=step.id, does=does, word=Word.HERE, at=since, until=until)
        if step.id in reached:
            return StepLine(step=step.id, does=does, word=Word.NOT_YET, why="comes later")
        word = Word.NOT_AT_ALL if step.mail else Word.PASSED
        why = "the lead's way doesn't lead here" if step.mail else ""
        return StepLine(step=step.id, does=does, word=word, why=why)

    def _after_the_end(self, step: Step, does: str, *, here: bool) -> StepLine:
        ended = self.enrolment.ended_at
        if here and not step.mail:
            return StepLine(step=step.id, does=does, word=Word.PASSED, at=self.enrolment.since)
        before = step.id not in _reachable(self.journey, self._here)
        if before and not step.mail:
            return StepLine(step=step.id, does=does, word=Word.PASSED)
        why = f"the journey had ended: {reason(self.enrolment.reason)}"
        if before or self.enrolment.reason == "completed":
            why = "the lead's way didn't lead here"
        return StepLine(step=step.id, does=does, word=Word.NOT_AT_ALL, at=ended, why=why)

    def _message(self, step: Step) -> Message | None:
        claim = self.enrolment.claims.get(step.claim)
        wanted = claim.message if claim else message_id(self.enrolment.id, step.claim or step.id)
        return next((one for one in self.record.messages if one.id == wanted), None)


def _told(message: Message, step: str, does: str) -> StepLine:
    words: Mapping[MessageState, Word] = {
        MessageState.SENT: Word.SENT,
        MessageState.REFUSED: Word.NOT_AT_ALL,
        MessageState.UNKNOWN: Word.UNKNOWN,
    }
    word = words.get(message.state, Word.NOT_YET)
    why = reason(message.why) if message.why else ""
    if why and message.detail:
        why = f"{why}: {message.detail}"
    if message.state is MessageState.SENDING:
        why = reason("in_doubt")
    return StepLine(
        step=step,
        does=does,
        word=word,
        at=message.sent_at or message.at,
        until=message.until if word is Word.NOT_YET else None,
        why=why,
    )


def _does(step: Step) -> str:
    match step.action:
        case HandOff(to=to):
            return f"hands the lead to the {to}"
        case _ if step.mail:
            return f"sends “{step.mail}”"
    if step.kind == "pass":
        return "waits" if step.pause else "goes on"
    return step.kind.replace("_", " ")


def _reachable(journey: Journey, start: str) -> frozenset[str]:
    """What may come after ``start``; it is itself only if the way leads back."""
    found: set[str] = set()
    ahead_of = [start]
    while ahead_of:
        for name in _ways(journey.steps.get(ahead_of.pop())):
            if name not in found:
                found.add(name)
                ahead_of.append(name)
    return frozenset(found)


def _ways(step: Step | None) -> Iterator[str]:
    if step is None:
        return
    match step.action:
        case Branch(arms=arms):
            yield from (arm.to for arm in arms)
        case Split(shares=shares):
            yield from (share.to for share in shares)
    if step.wait_for:
        yield from (step.wait_for.then, step.wait_for.otherwise)
    if step.wait and step.wait.skip_to:
        yield step.wait.skip_to
    if step.next:
        yield step.next
