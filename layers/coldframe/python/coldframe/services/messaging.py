"""A send step: asked, claimed, sent, and then waited upon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import EndReason
from coldframe.domain.instants import whole_seconds
from coldframe.domain.message import Message
from coldframe.services.dispatching import SETTLED, Dispatching
from coldframe.services.order import Order
from coldframe.services.reserving import Ready, Reserving
from coldframe.services.steps import (
    StepCommand,
    StepOutcome,
    answer_if_it_came,
    refusals_reported,
    standing,
)

if TYPE_CHECKING:
    from coldframe.services.ports import (
        Clock,
        Enrolments,
        Gates,
        Ledger,
        Mailer,
        Playbook,
        Profiles,
        Renderer,
        Touchpoints,
        Waits,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Messaging:
    enrolments: Enrolments
    gates: Gates
    profiles: Profiles
    ledger: Ledger
    touchpoints: Touchpoints
    mailer: Mailer
    renderer: Renderer
    waits: Waits
    playbook: Playbook
    clock: Clock

    def __call__(self, command: StepCommand) -> StepOutcome:
        """NotYet, SuppressedContact and Left are raised, or reported under the token."""
        with refusals_reported(self.waits, command):
            order = self._order(command)
            message = self._outcome(order)
            return self._follow_up(command, order, message)
        return StepOutcome()

    def _order(self, command: StepCommand) -> Order:
        enrolment = standing(self.enrolments, command)
        step = self.playbook.journey(command.journey).steps[command.step]
        mail = self.playbook.mail(step.mail or "")
        return Order(enrolment=enrolment, step=step, mail=mail, token=command.token)

    def _outcome(self, order: Order) -> Message:
        """What this mail came to, now or in an earlier run: its effect is never repeated."""
        known = self._known(order)
        if known is not None and known.state in SETTLED:
            self._stand_again(order, known)
            return known
        ready = self._reserving()(order, known)
        if not isinstance(ready, Ready):
            return ready
        claimed_at = order.claim.at if order.claim else None
        return self._dispatching()(ready.message, ready.mail, claimed_at=claimed_at)

    def _known(self, order: Order) -> Message | None:
        if not order.entered_before:
            return None
        message = self.ledger.message(order.enrolment.lead, order.message)
        if message is None:
            return None
        return self._dispatching().free(message, on_unknown=order.mail.on_unknown)

    def _stand_again(self, order: Order, known: Message) -> None:
        """The step was entered before: only its new token has to be known."""
        self.enrolments.stand(
            order.enrolment,
            step=order.step.id,
            at=self.clock.now(),
            waiting=order.waiting(_entered(order, known)),
        )

    def _follow_up(self, command: StepCommand, order: Order, message: Message) -> StepOutcome:
        step = order.step
        if step.wait_for:
            since = order.since(_entered(order, message))
            answer_if_it_came(self.touchpoints, self.waits, command, step.wait_for, since=since)
            return StepOutcome()
        if step.next is None:
            self.enrolments.close(order.enrolment, EndReason.COMPLETED, self.clock.now())
        if step.wait is None:
            return StepOutcome()
        gone = message.sent_at or message.at
        return StepOutcome(resume_at=whole_seconds(gone + timedelta(seconds=step.wait)))

    def _reserving(self) -> Reserving:
        return Reserving(
            enrolments=self.enrolments,
            gates=self.gates,
            profiles=self.profiles,
            ledger=self.ledger,
            renderer=self.renderer,
            playbook=self.playbook,
            clock=self.clock,
        )

    def _dispatching(self) -> Dispatching:
        return Dispatching(ledger=self.ledger, mailer=self.mailer, clock=self.clock)


def _entered(order: Order, message: Message) -> datetime:
    """The recorded instant from which a wait counts: the claim's, or that of the refusal."""
    return order.claim.at if order.claim else message.at
