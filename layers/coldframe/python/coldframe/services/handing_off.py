"""A step that tells the client's people, whatever the lead's gate says: a hand-off, a notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.journey_steps import Notify
from coldframe.domain.message import HAND_OFF_MAIL, NOTIFY_MAIL, TASK_MAIL, Message, RenderedMail
from coldframe.domain.profile import Profile
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
        client, action = self.playbook.client(), at.step.action
        if isinstance(action, Notify):
            return self.notices.word(
                action, profile=profile, client=client, journey=at.journey, message=message.id
            )
        return self.renderer.notice(
            profile=profile, client=client, journey=at.journey.journey, message=message.id
        )

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
