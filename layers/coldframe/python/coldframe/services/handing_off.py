"""A step that tells the client's people, whatever the lead's gate says: a hand-off, a notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import EndReason, Stand
from coldframe.domain.errors import NotYet, SuppressedContact
from coldframe.domain.journey_steps import Notify
from coldframe.domain.message import HAND_OFF_MAIL, NOTIFY_MAIL, TASK_MAIL, Message, RenderedMail
from coldframe.domain.profile import Profile
from coldframe.domain.surge import held
from coldframe.services.dispatching import Dispatching
from coldframe.services.doing_once import DoingOnce
from coldframe.services.known_leads import KnownLeads
from coldframe.services.pausing import Pausing
from coldframe.services.steps import (
    Standing,
    StepCommand,
    StepOutcome,
    entered,
    refusals_reported,
)

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Ledger, Mailer, Playbook, Renderer
    from coldframe.services.ports.steps import Notices, Waits
    from coldframe.services.ports.surges import SurgeRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOff:
    enrolments: Enrolments
    leads: KnownLeads
    ledger: Ledger
    mailer: Mailer
    renderer: Renderer
    notices: Notices
    waits: Waits
    pausing: Pausing
    playbook: Playbook
    clock: Clock
    surges: SurgeRecord

    def __call__(self, command: StepCommand) -> StepOutcome:
        """A notice in doubt is repeated: told twice is better than a lead nobody calls."""
        with refusals_reported(self.waits, command):
            at = entered(self.enrolments, self.playbook, self.clock, command)
            done = self._doing()(
                at,
                mail=_mail(at),
                token=command.token,
                load=lambda profile, message: self._worded(at, profile, message),
            )
            message = done.message
            return self.pausing(
                command,
                at,
                entered=done.claimed_at,
                done=message.sent_at or message.at,
                profile=done.profile,
            )
        return StepOutcome()

    def _worded(self, at: Standing, profile: Profile, message: Message) -> RenderedMail:
        self._not_in_a_surge(at, profile)
        client, action = self.playbook.client(), at.step.action
        if isinstance(action, Notify):
            return self.notices.word(
                action, profile=profile, client=client, journey=at.journey, message=message.id
            )
        return self.renderer.notice(
            profile=profile, client=client, journey=at.journey.journey, message=message.id
        )

    def _not_in_a_surge(self, at: Standing, profile: Profile) -> None:
        """Nobody is told of hundreds of leads who may be none, until somebody has looked."""
        enrolment, now = at.enrolment, self.clock.now()
        if at.step.claim in enrolment.claims:
            return
        since = enrolment.since if enrolment.step == at.step.id else now
        of = held(self.surges.read(), profile, due_since=since, now=now)
        if of is None:
            return
        if of.until is None:
            self.enrolments.close(enrolment, EndReason.SUPPRESSED, now)
            raise SuppressedContact(of.why)
        self.enrolments.stand(enrolment, Stand(step=at.step.id, at=now))
        raise NotYet(of.until, of.why)

    def _doing(self) -> DoingOnce[RenderedMail]:
        return DoingOnce(
            enrolments=self.enrolments,
            leads=self.leads,
            ledger=self.ledger,
            dispatching=Dispatching(ledger=self.ledger, mailer=self.mailer, clock=self.clock),
            clock=self.clock,
        )


def _mail(at: Standing) -> str:
    if isinstance(at.step.action, Notify):
        return TASK_MAIL if at.step.action.task else NOTIFY_MAIL
    return HAND_OFF_MAIL
