"""What a journey will do next for one lead, under which condition, and when."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coldframe.domain.diary import reason
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.message import Message, MessageState
from coldframe.domain.playbook import Client, Journey, Mail, Step
from coldframe.domain.record import LeadRecord
from coldframe.domain.sending import Word, may_send
from coldframe.domain.touchpoint import EMAIL_CLICKED
from workbench.window.wording import event

_JUDGED = "20 seconds later, when a person is told from a machine"
_SETTLED = frozenset({MessageState.SENT, MessageState.REFUSED, MessageState.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One thing that will happen: not before ``at``, and only ``when`` (a condition, or "")."""

    text: str
    at: datetime | None = None
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an enrolment stands: at a step, before its effect or after it."""

    step: Step
    message: Message | None
    acted: bool


def place(enrolment: Enrolment, journey: Journey, record: LeadRecord) -> Place | None:
    """None where the playbook no longer holds the step."""
    step = journey.steps.get(enrolment.step or journey.first)
    if step is None:
        return None
    claim = enrolment.claims.get(step.mail or f"hand_off:{step.id}")
    held = (message for message in record.messages if claim and message.id == claim.message)
    message = next(held, None)
    return Place(
        step=step, message=message, acted=message is not None and message.state in _SETTLED
    )


def ahead(
    enrolment: Enrolment,
    journey: Journey,
    record: LeadRecord,
    *,
    client: Client,
    mail: Callable[[str], Mail],
    now: datetime,
) -> tuple[Ahead, ...]:
    """Nothing for an enrolment that is over; a stuck one says so."""
    here = place(enrolment, journey, record)
    if enrolment.status is EnrolmentStatus.CLOSED or here is None:
        return ()
    if enrolment.status is EnrolmentStatus.STUCK:
        return (Ahead(text=f"Stuck at {enrolment.step}: someone must look at it"),)
    return tuple(_Foresight(enrolment, journey, record, client, mail, now).from_here(here))


@dataclass(frozen=True, slots=True)
class _Foresight:
    enrolment: Enrolment
    journey: Journey
    record: LeadRecord
    client: Client
    mail: Callable[[str], Mail]
    now: datetime

    def from_here(self, here: Place) -> list[Ahead]:
        step = here.step
        if step.kind in {"wait", "wait_for"} or here.acted:
            return self._after(step, self._base(here))
        if here.message is not None and here.message.until is not None:
            does = self._does(step.id, here.message.until)
            return [replace(does, note=does.note or reason(here.message.why))]
        return [self._does(step.id, None)]

    def _base(self, here: Place) -> datetime:
        if here.message is None:
            return self.enrolment.since
        return here.message.sent_at or here.message.at

    def _after(self, step: Step, base: datetime) -> list[Ahead]:
        if step.wait_for is None:
            return [self._does(step.next, base + timedelta(seconds=step.wait or 0))]
        limit = base + timedelta(seconds=step.wait_for.limit)
        what = event(step.wait_for.when)
        coming = self._does(step.wait_for.then, None)
        note = coming.note or (_JUDGED if step.wait_for.when.kind == EMAIL_CLICKED else "")
        coming = replace(coming, when=f"as soon as {what} comes", note=note)
        return [
            coming,
            replace(self._does(step.wait_for.otherwise, limit), when=f"without {what}"),
        ]

    def _does(self, name: str | None, at: datetime | None) -> Ahead:
        step = self.journey.steps.get(name or "")
        if step is None or step.kind == "end":
            return Ahead(text="The journey ends", at=at)
        if step.kind == "send":
            return self._sends(step.mail or "", at)
        if step.kind == "hand_off":
            return Ahead(text=f"The lead is handed to the {step.to or 'owner'}", at=at)
        return Ahead(text="The journey pauses", at=at)

    def _sends(self, name: str, at: datetime | None) -> Ahead:
        """As the sending rules would answer then, by what is known now."""
        sent = Ahead(text=f"“{name}” is sent", at=at)
        try:
            mail = self.mail(name)
        except KeyError:
            return sent
        answer = may_send(
            mail.kind,
            topic=mail.topic,
            gate=self.record.gate,
            profile=self.record.profile,
            client=self.client,
            requested_at=self.enrolment.requested_at,
            now=at or self.now,
        )
        if answer.word is Word.GO:
            return sent
        if answer.word is Word.NOT_YET:
            return replace(sent, at=answer.until, note=f"not sooner: {reason(answer.why)}")
        return Ahead(text=f"“{name}” will not be sent: {reason(answer.why)}", at=at)
