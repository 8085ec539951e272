"""What a journey will do next for one lead, under which condition, and when."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus, message_id
from coldframe.domain.journey import Journey, Step
from coldframe.domain.journey_steps import HandOff, Wait
from coldframe.domain.local_time import spread
from coldframe.domain.message import Message, MessageState
from coldframe.domain.pausing import next_for, wait_ends
from coldframe.domain.playbook import Client, Mail
from coldframe.domain.reasons import reason
from coldframe.domain.record import LeadRecord
from coldframe.domain.sending import Word, may_send
from coldframe.domain.splitting import HOLDOUT, held_out
from coldframe.domain.touchpoint import EMAIL_CLICKED
from workbench.journeys.step_words import effect
from workbench.window.wording import event

_JUDGED = "20 seconds later, when a person is told from a machine"
_AT_ONCE = frozenset({"pass", "set", "score", "stop_marketing", "enrol"})
"""Kinds that are done when the lead stands at them."""
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
    claim = enrolment.claims.get(step.claim)
    wanted = claim.message if claim else message_id(enrolment.id, step.claim)
    message = next((message for message in record.messages if message.id == wanted), None)
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
        if step.kind in _AT_ONCE or here.acted:
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
        if step.wait is not None:
            return [self._after_wait(step, step.wait, base)]
        if step.wait_for is None:
            return [self._does(step.next, base)]
        limit = base + timedelta(seconds=step.wait_for.limit)
        what = event(step.wait_for.when)
        coming = self._does(step.wait_for.then, None)
        note = coming.note or (_JUDGED if step.wait_for.when.kind == EMAIL_CLICKED else "")
        coming = replace(coming, when=f"as soon as {what} comes", note=note)
        return [
            coming,
            replace(self._does(step.wait_for.otherwise, limit), when=f"without {what}"),
        ]

    def _after_wait(self, step: Step, wait: Wait, base: datetime) -> Ahead:
        """As the wait would be computed now, by what is known now."""
        ends = wait_ends(
            wait,
            step=step,
            journey=self.journey,
            client=self.client,
            profile=self.record.profile,
            lead=self.record.lead,
            since=base,
            mail=self.mail,
        )
        if ends.exit:
            return Ahead(text="The journey ends", note=reason(ends.why))
        if ends.skip:
            return replace(self._does(wait.skip_to, base), note=reason(ends.why))
        return self._does(step.next, ends.at)

    def _does(self, name: str | None, at: datetime | None) -> Ahead:
        """A split only shows the way, and a lead's way is always the same."""
        step = next_for(name, self.journey, self.record.lead)
        if step is None or step.kind == "exit":
            return Ahead(text="The journey ends", at=at)
        if step.kind == "send":
            return self._sends(step, step.mail or "", at)
        if step.kind != "pass" and held_out(step, journey=self.journey, lead=self.record.lead):
            return Ahead(text=f"Nothing is done at “{step.id}”", at=at, note=reason(HOLDOUT))
        if isinstance(step.action, HandOff):
            return Ahead(text=f"The lead is handed to the {step.action.to}", at=at)
        if step.kind == "pass":
            return Ahead(text="The journey pauses", at=at)
        title, detail = effect(step)
        return Ahead(text=f"{title} ({detail})" if detail else title, at=at)

    def _sends(self, step: Step, name: str, at: datetime | None) -> Ahead:
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
            valid_until=mail.valid_until,
            journey=self.journey,
            held_out=held_out(step, journey=self.journey, lead=self.record.lead),
            spread=spread(self.record.lead, step.id),
        )
        if answer.word is Word.GO:
            return sent
        if answer.word is Word.NOT_YET:
            return replace(sent, at=answer.until, note=f"not sooner: {reason(answer.why)}")
        return Ahead(text=f"“{name}” will not be sent: {reason(answer.why)}", at=at)
