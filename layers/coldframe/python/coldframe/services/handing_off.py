"""A hand-off step: the client's owner is told, once, whatever the lead's gate says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import Claim, EndReason, Enrolment, message_id
from coldframe.domain.errors import AlreadyClaimed, Left, StaleLead
from coldframe.domain.instants import whole_seconds
from coldframe.domain.message import HAND_OFF_MAIL, Message, MessageState
from coldframe.domain.playbook import Step
from coldframe.domain.profile import Profile
from coldframe.services.dispatching import REPEAT, SETTLED, Dispatching
from coldframe.services.steps import StepCommand, StepOutcome, standing

if TYPE_CHECKING:
    from coldframe.services.ports import (
        Clock,
        Enrolments,
        Ledger,
        Mailer,
        Playbook,
        Profiles,
        Renderer,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOff:
    enrolments: Enrolments
    profiles: Profiles
    ledger: Ledger
    mailer: Mailer
    renderer: Renderer
    playbook: Playbook
    clock: Clock

    def __call__(self, command: StepCommand) -> StepOutcome:
        """A notice in doubt is repeated: told twice is better than a lead nobody calls."""
        enrolment = standing(self.enrolments, command)
        step = self.playbook.journey(command.journey).steps[command.step]
        claim = enrolment.claims.get(_key(step))
        message = self._outcome(enrolment, step, claim)
        if step.next is None:
            self.enrolments.close(enrolment, EndReason.COMPLETED, self.clock.now())
        if step.wait is None:
            return StepOutcome()
        told = message.sent_at or message.at
        return StepOutcome(resume_at=whole_seconds(told + timedelta(seconds=step.wait)))

    def _outcome(self, enrolment: Enrolment, step: Step, claim: Claim | None) -> Message:
        dispatching = Dispatching(ledger=self.ledger, mailer=self.mailer, clock=self.clock)
        now = self.clock.now()
        notice = _notice(enrolment, step, now)
        known = self.ledger.message(enrolment.lead, notice.id) if claim else None
        if known is not None:
            notice = dispatching.free(known, on_unknown=REPEAT)
            if notice.state in SETTLED:
                return notice
        mail = self.renderer.notice(
            profile=self._lead(enrolment),
            client=self.playbook.client(),
            journey=enrolment.journey,
            message=notice.id,
        )
        if claim is None:
            self._claim(enrolment, step, notice)
        return dispatching(notice, mail, claimed_at=claim.at if claim else None)

    def _lead(self, enrolment: Enrolment) -> Profile:
        profile = self.profiles.get(enrolment.lead)
        if profile is None:
            raise Left(enrolment.id)
        return profile

    def _claim(self, enrolment: Enrolment, step: Step, notice: Message) -> None:
        try:
            self.ledger.claim(
                enrolment=enrolment,
                key=_key(step),
                claim=Claim(mail=HAND_OFF_MAIL, message=notice.id, at=notice.at),
                gate=None,
                gate_after=None,
                waiting=None,
                step=step.id,
                requested_at=None,
            )
        except AlreadyClaimed as error:
            raise StaleLead(enrolment.id) from error


def _key(step: Step) -> str:
    return f"hand_off:{step.id}"


def _notice(enrolment: Enrolment, step: Step, at: datetime) -> Message:
    return Message(
        lead=enrolment.lead,
        id=message_id(enrolment.id, _key(step)),
        mail=HAND_OFF_MAIL,
        enrolment=enrolment.id,
        journey=enrolment.journey,
        step=step.id,
        state=MessageState.DEFERRED,
        at=at,
    )
