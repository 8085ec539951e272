"""Ask whether a mail may go, then claim it: gate and enrolment in one transaction."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import EndReason, Stand
from coldframe.domain.errors import AlreadyClaimed, Left, NotYet, StaleLead, SuppressedContact
from coldframe.domain.gate import Gate, counted
from coldframe.domain.mailbox import Mailbox
from coldframe.domain.message import MailKind, Message, MessageState, RenderedMail
from coldframe.domain.permit import Permit, again
from coldframe.domain.profile import Profile
from coldframe.domain.sending import Answer, Word
from coldframe.services.dispatching import on_its_way, unsent
from coldframe.services.in_turn import InTurn
from coldframe.services.known_leads import KnownLeads
from coldframe.services.order import Order
from coldframe.services.permission import Permission
from coldframe.services.twins import HAD_ALREADY, had_already, later_twins

if TYPE_CHECKING:
    from coldframe.services.ports import (
        Clock,
        Enrolments,
        Gates,
        Ledger,
        Mailboxes,
        Playbook,
        Writer,
    )
    from coldframe.services.ports.turns import Turns


ROUNDS = 5
"""How often a gate that moved meanwhile is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Claimed and rendered: nothing but the sending is left."""

    message: Message
    mail: RenderedMail
    profile: Profile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserving:
    enrolments: Enrolments
    gates: Gates
    mailboxes: Mailboxes
    leads: KnownLeads
    ledger: Ledger
    renderer: Writer
    playbook: Playbook
    clock: Clock
    turns: Turns

    def __call__(self, order: Order, known: Message | None) -> Ready | Message:
        """Ready to send, or the message that this mail is not to be, with the reason why.

        Whatever is decided is kept before it is told, so that who comes again hears the same.
        Raises NotYet and SuppressedContact; StaleLead when the gate doesn't come to rest.
        """
        line = self._line(order, known)
        for _ in range(ROUNDS):
            with suppress(GateMoved):
                return self._ask(order, line, attempt=known.attempt if known else 1)
        raise StaleLead(order.enrolment.id)

    def _ask(self, order: Order, line: InTurn, *, attempt: int) -> Ready | Message:
        lead = order.enrolment.lead
        gate, profile = self.gates.get(lead), self.leads(lead, order.journey)
        mailbox = None if order.claim else self._mailbox(order, profile)
        gate = replace(gate, requested=mailbox.requested) if mailbox else gate
        answer, at = self._answer(order, gate, profile, line)
        message = order.new_message(at, attempt=attempt)
        if answer.word is not Word.GO or profile is None:
            return self._withhold(order, message, answer)
        mail, begun = self._rendered(order, profile), on_its_way(message, at)
        self._reserve(order, gate, begun, mailbox=mailbox)
        return Ready(message=begun, mail=mail, profile=profile)

    def _answer(
        self, order: Order, gate: Gate, profile: Profile | None, line: InTurn
    ) -> tuple[Answer, datetime]:
        if elsewhere := self._elsewhere(order, gate):
            return elsewhere, self.clock.now()
        may = Permission(enrolments=self.enrolments, ledger=self.ledger, playbook=self.playbook)
        return line(profile, lambda at: may(order, gate, profile, at=at))

    def _line(self, order: Order, known: Message | None) -> InTurn:
        return InTurn(
            turns=self.turns if order.counts else None,
            clock=self.clock,
            requested=order.mail.kind is MailKind.REQUESTED,
            known=known,
        )

    def _elsewhere(self, order: Order, gate: Gate) -> Answer | None:
        """Of passages of one journey that a merged person is in, the first goes on, with what the
        others have sent."""
        if not gate.aliases or order.claim is not None:
            return None
        enrolment, held = order.enrolment, self.enrolments.of(order.enrolment.lead)
        if any(each.id == enrolment.id for each in later_twins(held, self.playbook)):
            self.enrolments.close(enrolment, EndReason.MERGED, self.clock.now())
            raise Left(enrolment.id)
        if had_already(enrolment, order.step.claim, held):
            return Answer(word=Word.REFUSED, why=HAD_ALREADY)
        return None

    def _mailbox(self, order: Order, profile: Profile | None) -> Mailbox | None:
        """Of what the lead asked for, other leads of the same mailbox have had their share."""
        if profile is None or order.mail.kind is not MailKind.REQUESTED:
            return None
        return self.mailboxes.of(profile.address)

    def _rendered(self, order: Order, profile: Profile) -> RenderedMail:
        """Before the claim: a mail that can't be rendered takes no place among the counted."""
        return self.renderer.render(
            order.mail,
            profile=profile,
            client=self.playbook.client(),
            message=order.message,
            journey=order.enrolment.journey,
        )

    def _reserve(
        self, order: Order, gate: Gate, begun: Message, *, mailbox: Mailbox | None
    ) -> None:
        """Claim it, on its way from now on; or, if that was done before, stand at this step with
        the new token, and ask the gate once more."""
        now = begun.at
        if order.claim is not None:
            self._stand(order, order.claim.at, now)
        try:
            with unsent(self.ledger, begun):
                if order.claim is not None:
                    self.ledger.sending(begun, permit=again(gate, order.requested_at))
                    return
                self.ledger.claim(
                    order.new_claim(now),
                    self._permit(order, gate, mailbox, now),
                    enrolment=order.enrolment,
                    key=order.step.claim,
                    stand=order.stand(now, entered=now, begun=now),
                    message=begun,
                )
        except (StaleLead, SuppressedContact) as error:
            raise GateMoved from error
        except AlreadyClaimed as error:
            raise StaleLead(order.enrolment.id) from error

    def _permit(self, order: Order, gate: Gate, mailbox: Mailbox | None, now: datetime) -> Permit:
        mail, caps, channel = order.mail, self.playbook.client().caps, order.channel
        return Permit(
            gate=gate,
            after=counted(gate, mail.kind, caps, now=now, topic=mail.topic, channel=channel),
            requested_at=order.requested_at,
            mailbox=mailbox if order.counts else None,
        )

    def _withhold(self, order: Order, message: Message, answer: Answer) -> Message:
        if answer.word is Word.FORBIDDEN:
            self._settle(message, MessageState.REFUSED, answer)
            self.enrolments.close(order.enrolment, EndReason.SUPPRESSED, message.at)
            raise SuppressedContact(answer.why)
        if answer.word is Word.NOT_YET and answer.until:
            self.enrolments.stand(order.enrolment, Stand(step=order.step.id, at=message.at))
            self._settle(message, MessageState.DEFERRED, answer)
            raise NotYet(answer.until, answer.why)
        self._stand(order, message.at, message.at)
        return self._settle(message, MessageState.REFUSED, answer)

    def _settle(self, message: Message, state: MessageState, answer: Answer) -> Message:
        settled = replace(message, state=state, why=answer.why, until=answer.until)
        settled = replace(settled, detail=answer.detail)
        self.ledger.settle(settled)
        return settled

    def _stand(self, order: Order, entered: datetime, now: datetime) -> None:
        self.enrolments.stand(order.enrolment, order.stand(now, entered=entered, begun=now))


class GateMoved(Exception):
    """Between the question and the claim; what now holds is asked again."""
