"""A send step, of a mail or a text: asked, claimed, sent, and then waited upon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.journey_steps import SendText
from coldframe.domain.message import SETTLED, Message, RenderedMail
from coldframe.domain.profile import Profile
from coldframe.services.dispatching import Dispatching
from coldframe.services.known_leads import KnownLeads
from coldframe.services.order import Order
from coldframe.services.pausing import Pausing
from coldframe.services.reserving import Ready, Reserving
from coldframe.services.steps import (
    Standing,
    StepCommand,
    StepOutcome,
    entered,
    refusals_reported,
)
from coldframe.services.texting import TextCarrier, in_journey

if TYPE_CHECKING:
    from coldframe.services.ports import (
        Clock,
        Enrolments,
        Gates,
        Ledger,
        Mailboxes,
        Mailer,
        Playbook,
        Renderer,
        Writer,
    )
    from coldframe.services.ports.steps import Texts, Waits
    from coldframe.services.ports.turns import Turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Messaging:
    enrolments: Enrolments
    gates: Gates
    mailboxes: Mailboxes
    leads: KnownLeads
    ledger: Ledger
    mailer: Mailer
    renderer: Renderer
    text_writer: Writer
    texts: Texts
    waits: Waits
    pausing: Pausing
    playbook: Playbook
    clock: Clock
    turns: Turns

    def __call__(self, command: StepCommand) -> StepOutcome:
        """NotYet, SuppressedContact, Parked and Left are raised, or reported under the token."""
        with refusals_reported(self.waits, command):
            at = entered(self.enrolments, self.playbook, self.clock, command)
            order = self._order(at, command.token)
            message, profile = self._outcome(order)
            return self.pausing(
                command,
                at,
                entered=_entered(order, message),
                done=message.sent_at or message.at,
                profile=profile,
            )
        return StepOutcome()

    def _order(self, at: Standing, token: str | None) -> Order:
        if isinstance(at.step.action, SendText):
            mail = in_journey(self.playbook.text(at.step.action.text), at.journey)
        else:
            mail = self.playbook.mail(at.step.mail or "")
        return Order(
            enrolment=at.enrolment, journey=at.journey, step=at.step, mail=mail, token=token
        )

    def _outcome(self, order: Order) -> tuple[Message, Profile | None]:
        """What this mail came to, now or in an earlier run: its effect is never repeated.

        With the profile, if it was read.
        """
        known = self._known(order)
        if known is not None and known.state in SETTLED:
            self._stand_again(order, known)
            return known, None
        ready = self._reserving(order)(order, known)
        if not isinstance(ready, Ready):
            return ready, None
        claimed_at = order.claim.at if order.claim else None
        dispatch = self._dispatching(order)
        return dispatch(ready.message, ready.mail, claimed_at=claimed_at), ready.profile

    def _known(self, order: Order) -> Message | None:
        if not order.entered_before:
            return None
        message = self.ledger.message(order.enrolment.lead, order.message)
        if message is None:
            return None
        return self._dispatching(order).free(message, on_unknown=order.mail.on_unknown)

    def _stand_again(self, order: Order, known: Message) -> None:
        """The step was entered before: only its new token has to be known."""
        begun = known.sent_at or known.at
        stand = order.stand(self.clock.now(), entered=_entered(order, known), begun=begun)
        self.enrolments.stand(order.enrolment, stand)

    def _reserving(self, order: Order) -> Reserving:
        return Reserving(
            enrolments=self.enrolments,
            gates=self.gates,
            mailboxes=self.mailboxes,
            leads=self.leads,
            ledger=self.ledger,
            renderer=self.renderer if order.counts else self.text_writer,
            playbook=self.playbook,
            clock=self.clock,
            turns=self.turns,
        )

    def _dispatching(self, order: Order) -> Dispatching[RenderedMail]:
        mailer = self.mailer if order.counts else TextCarrier(self.texts)
        return Dispatching(ledger=self.ledger, mailer=mailer, clock=self.clock)


def _entered(order: Order, message: Message) -> datetime:
    """The recorded instant from which a wait counts: the claim's, or that of the refusal."""
    return order.claim.at if order.claim else message.at
