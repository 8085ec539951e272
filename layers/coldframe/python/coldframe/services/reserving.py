"""Ask whether a mail may go, then claim it: gate and enrolment in one transaction."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import EndReason, Enrolment, Stand, message_id
from coldframe.domain.errors import AlreadyClaimed, Left, NotYet, StaleLead, SuppressedContact
from coldframe.domain.gate import Gate, counted
from coldframe.domain.local_time import spread
from coldframe.domain.mailbox import Mailbox
from coldframe.domain.message import MailKind, Message, MessageState, RenderedMail
from coldframe.domain.profile import Profile
from coldframe.domain.sending import Answer, Word, may_send
from coldframe.domain.splitting import held_out
from coldframe.services.dispatching import SETTLED, on_its_way
from coldframe.services.known_leads import KnownLeads
from coldframe.services.order import Order
from coldframe.services.twins import HAD_ALREADY, had_already, later_twins

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coldframe.domain.conditions.facts import Facts
    from coldframe.domain.precedence import Due
    from coldframe.services.ports import (
        Clock,
        Enrolments,
        Gates,
        Ledger,
        Mailboxes,
        Playbook,
        Writer,
    )


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

    def __call__(self, order: Order, known: Message | None) -> Ready | Message:
        """Ready to send, or the message that this mail is not to be, with the reason why.

        Whatever is decided is kept before it is told, so that who comes again hears the same.
        Raises NotYet and SuppressedContact; StaleLead when the gate doesn't come to rest.
        """
        for _ in range(ROUNDS):
            with suppress(GateMoved):
                return self._ask(order, attempt=known.attempt if known else 1)
        raise StaleLead(order.enrolment.id)

    def _ask(self, order: Order, *, attempt: int) -> Ready | Message:
        lead, now = order.enrolment.lead, self.clock.now()
        gate, profile = self.gates.get(lead), self.leads(lead, order.journey)
        mailbox = None if order.claim else self._mailbox(order, profile)
        gate = replace(gate, requested=mailbox.requested) if mailbox else gate
        answer = self._elsewhere(order, gate) or may_send(
            order.mail.kind,
            topic=order.mail.topic,
            gate=gate,
            profile=profile,
            client=self.playbook.client(),
            requested_at=order.enrolment.requested_at,
            now=now,
            already_counted=order.claim is not None,
            channel=order.channel,
            facts=lambda: self._facts(profile, now),
            ahead=self._ahead(order, profile, now),
            valid_until=order.mail.valid_until,
            journey=order.journey,
            held_out=held_out(order.step, journey=order.journey, lead=lead),
            spread=spread(lead, order.step.id),
            due_since=order.due_since,
        )
        message = order.new_message(now, attempt=attempt)
        if answer.word is not Word.GO or profile is None:
            return self._withhold(order, message, answer)
        mail, begun = self._rendered(order, profile), on_its_way(message, now)
        self._reserve(order, gate, begun, mailbox=mailbox)
        return Ready(message=begun, mail=mail, profile=profile)

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
        requested = order.mail.kind is MailKind.REQUESTED
        requested_at, now = order.enrolment.requested_at if requested else None, begun.at
        try:
            if order.claim is not None:
                self._stand(order, order.claim.at, now)
                self.ledger.sending(begun, gate=gate, requested_at=requested_at)
                return
            self.ledger.claim(
                enrolment=order.enrolment,
                key=order.step.claim,
                claim=order.new_claim(now),
                gate=gate,
                gate_after=self._after(order, gate, now),
                stand=order.stand(now, entered=now, begun=now),
                requested_at=requested_at,
                mailbox=mailbox if order.counts else None,
                message=begun,
            )
        except (StaleLead, SuppressedContact) as error:
            raise GateMoved from error
        except AlreadyClaimed as error:
            raise StaleLead(order.enrolment.id) from error

    def _after(self, order: Order, gate: Gate, now: datetime) -> Gate:
        mail, caps = order.mail, self.playbook.client().caps
        channel = order.channel
        return counted(gate, mail.kind, caps, now=now, topic=mail.topic, channel=channel)

    def _ahead(
        self, order: Order, profile: Profile | None, now: datetime
    ) -> Callable[[], Sequence[Due]] | None:
        """Read only of leads of a journey that others outrank, and only if there are caps."""
        if not order.journey.outranked or profile is None or order.claim is not None:
            return None
        from coldframe.domain.precedence import Precedence

        book = self.playbook
        asked = Precedence(
            profile=profile,
            client=book.client(),
            journey=book.journey,
            mail=book.mail,
            passed=self._passed,
        )
        lead = order.enrolment.lead
        return lambda: asked.before(order.journey, self.enrolments.of(lead), now=now)

    def _passed(self, enrolment: Enrolment, claim: str) -> bool:
        known = self.ledger.message(enrolment.lead, message_id(enrolment.id, claim))
        return known is not None and known.state in SETTLED

    def _facts(self, profile: Profile | None, now: datetime) -> Facts:
        """Seldom asked: of caps that hold under a condition."""
        from coldframe.domain.known_facts import facts_of

        knowing = self.playbook.reactions().knowing
        return facts_of(profile, client=self.playbook.client(), knowing=knowing, now=now)

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
