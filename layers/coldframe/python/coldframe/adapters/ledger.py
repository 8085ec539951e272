"""Claims and messages in the table: a mail is reserved before SES is called, and never lost."""

from contextlib import suppress
from dataclasses import dataclass

from coldframe.adapters.claims import (
    at_its_step,
    at_the_gate,
    of_a_recipient,
    why_no_claim,
    why_no_mail,
)
from coldframe.adapters.message_writes import begun, recorded, released, settled
from coldframe.adapters.messages import PREFIX, message_of
from coldframe.adapters.table import (
    Action,
    ConditionFailed,
    Table,
    TransactionFailed,
    lead_key,
)
from coldframe.domain.enrolment import Claim, Enrolment, Stand
from coldframe.domain.errors import AlreadyClaimed, StaleLead
from coldframe.domain.message import Message
from coldframe.domain.permit import Permit


@dataclass(frozen=True, slots=True)
class DynamoLedger:
    table: Table

    def claim(
        self,
        claim: Claim,
        permit: Permit | None,
        *,
        enrolment: Enrolment,
        key: str,
        stand: Stand,
        message: Message | None = None,
    ) -> None:
        step = at_its_step(self.table, enrolment, key=key, claim=claim, stand=stand)
        try:
            self.table.transact([step, *self._mailing(permit, message)])
        except TransactionFailed as error:
            if 0 in error.lost:
                raise why_no_claim(enrolment, key, error.lost[0]) from error
            why = why_no_mail(permit, error.lost) if permit else StaleLead(enrolment.lead)
            raise why from error

    def claim_broadcast(
        self, claim: Claim, permit: Permit, *, occurrence: str, message: Message | None = None
    ) -> None:
        put = of_a_recipient(self.table, permit.lead, occurrence=occurrence, claim=claim)
        try:
            self.table.transact([put, *self._mailing(permit, message)])
        except TransactionFailed as error:
            if 0 in error.lost:
                raise AlreadyClaimed(claim.message) from error
            raise why_no_mail(permit, error.lost) from error

    def _mailing(self, permit: Permit | None, message: Message | None) -> list[Action]:
        passing = at_the_gate(self.table, permit) if permit else []
        return [*passing, begun(self.table, message)] if message else passing

    def message(self, lead: str, message: str) -> Message | None:
        item = self.table.get(lead_key(lead, PREFIX + message))
        return message_of(item) if item and "state" in item else None

    def sending(self, message: Message, *, permit: Permit | None = None) -> None:
        on_its_way = begun(self.table, message)
        try:
            if permit is None:
                self._begin(message, on_its_way)
                return
            self.table.transact([on_its_way, *at_the_gate(self.table, permit)])
        except ConditionFailed as error:
            raise StaleLead(message.id) from error
        except TransactionFailed as error:
            if 0 in error.lost:
                raise StaleLead(message.id) from error
            why = why_no_mail(permit, error.lost) if permit else StaleLead(message.lead)
            raise why from error

    def _begin(self, message: Message, on_its_way: Action) -> None:
        """What the SDK repeats, unheard, loses to its own first try."""
        try:
            self.table.write(on_its_way)
        except ConditionFailed as lost:
            if not message.by or (lost.item or {}).get("by") != message.by:
                raise

    def sent(self, message: Message) -> None:
        self.table.write(recorded(self.table, message))

    def release(self, message: Message) -> None:
        with suppress(ConditionFailed):
            self.table.write(released(self.table, message))

    def settle(self, message: Message) -> None:
        with suppress(ConditionFailed):
            self.table.write(settled(self.table, message))
