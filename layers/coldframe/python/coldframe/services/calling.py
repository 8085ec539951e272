"""A webhook step: another service is called, and knows a repeated call by its id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from coldframe.domain.journey_steps import CallWebhook
from coldframe.domain.message import WEBHOOK, Message
from coldframe.domain.profile import Profile
from coldframe.domain.webhook import Call, call_of
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
    from coldframe.services.ports import Clock, Enrolments, Ledger, Playbook
    from coldframe.services.ports.steps import Waits, Webhooks

NO_DOUBT = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    enrolments: Enrolments
    leads: KnownLeads
    ledger: Ledger
    webhooks: Webhooks
    waits: Waits
    pausing: Pausing
    playbook: Playbook
    clock: Clock

    def __call__(self, command: StepCommand) -> StepOutcome:
        """Transient when it can't be reached now; refused for good, that is recorded."""
        with refusals_reported(self.waits, command):
            at = entered(self.enrolments, self.playbook, self.clock, command)
            name = at.step.action.webhook if isinstance(at.step.action, CallWebhook) else ""
            done = self._doing()(
                at,
                mail=f"{WEBHOOK}{name}",
                token=command.token,
                load=lambda profile, message: self._call(at, name, profile, message),
            )
            return self.pausing(
                command,
                at,
                entered=done.claimed_at,
                done=done.message.sent_at or done.message.at,
                profile=done.profile,
            )
        return StepOutcome()

    def _call(self, at: Standing, name: str, profile: Profile, message: Message) -> Call:
        claim = at.enrolment.claims.get(at.step.claim)
        client = self.playbook.client()
        return call_of(
            client.webhooks[name],
            profile,
            message=message.id,
            client=client.client,
            journey=at.journey.journey,
            step=at.step.id,
            at=claim.at if claim else message.at,
        )

    def _doing(self) -> DoingOnce[Call]:
        return DoingOnce(
            enrolments=self.enrolments,
            leads=self.leads,
            ledger=self.ledger,
            dispatching=Dispatching(
                ledger=self.ledger, mailer=self.webhooks, clock=self.clock, doubt=NO_DOUBT
            ),
            clock=self.clock,
        )
