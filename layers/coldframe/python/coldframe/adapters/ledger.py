"""Claims and messages in the table: a mail is reserved before SES is called, and never lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from coldframe.adapters.attributes import Item
from coldframe.adapters.enrolment_items import (
    CLAIM,
    claim_item,
    enrolment_item,
    enrolment_of,
    same_run,
    standing,
)
from coldframe.adapters.enrolment_items import PREFIX as ENROLMENT
from coldframe.adapters.enrolments import OPEN_RUN
from coldframe.adapters.gates import counting, gate_of
from coldframe.adapters.mailboxes import delivering
from coldframe.adapters.messages import (
    PREFIX,
    first_wins_values,
    message_of,
    message_values,
)
from coldframe.adapters.table import (
    Action,
    ConditionFailed,
    Table,
    TransactionFailed,
    Values,
    lead_key,
)
from coldframe.domain.enrolment import Claim, Enrolment, EnrolmentStatus, Stand
from coldframe.domain.errors import AlreadyClaimed, Left, StaleLead, SuppressedContact
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.mailbox import Mailbox
from coldframe.domain.message import Message, MessageState

FREE = "attribute_not_exists(#state) OR #state = :deferred"


@dataclass(frozen=True, slots=True)
class DynamoLedger:
    table: Table

    def claim(
        self,
        *,
        enrolment: Enrolment,
        key: str,
        claim: Claim,
        gate: Gate | None,
        gate_after: Gate | None,
        stand: Stand,
        requested_at: datetime | None,
        mailbox: Mailbox | None = None,
        message: Message | None = None,
    ) -> None:
        actions = [self._recording(enrolment, key, claim, stand)]
        if gate is not None and gate_after is not None:
            actions += self._counting(gate, gate_after, requested_at, mailbox)
        if message is not None:
            actions.append(self._begun(message))
        try:
            self.table.transact(actions)
        except TransactionFailed as error:
            if 0 in error.lost:
                raise _why_no_claim(enrolment, key, error.lost[0]) from error
            raise _why_no_mail(enrolment.lead, error.lost, requested_at) from error

    def claim_broadcast(
        self,
        *,
        lead: str,
        occurrence: str,
        claim: Claim,
        gate: Gate,
        gate_after: Gate,
        requested_at: datetime | None = None,
        mailbox: Mailbox | None = None,
        message: Message | None = None,
    ) -> None:
        recipient = Enrolment(
            lead=lead,
            id=occurrence,
            journey="",
            status=EnrolmentStatus.CLOSED,
            step="",
            since=claim.at,
            generation=1,
            started_at=claim.at,
            requested_at=claim.at,
            reason="completed",
            claims={claim.mail: claim},
        )
        put = self.table.put(
            lead_key(lead, ENROLMENT + occurrence),
            enrolment_item(recipient),
            when="attribute_not_exists(#sk)",
        )
        begun = [self._begun(message)] if message else []
        try:
            counting = self._counting(gate, gate_after, requested_at, mailbox)
            self.table.transact([put, *counting, *begun])
        except TransactionFailed as error:
            if 0 in error.lost:
                raise AlreadyClaimed(claim.message) from error
            raise _why_no_mail(lead, error.lost, requested_at) from error

    def message(self, lead: str, message: str) -> Message | None:
        item = self.table.get(lead_key(lead, PREFIX + message))
        return message_of(item) if item and "state" in item else None

    def sending(
        self, message: Message, *, gate: Gate | None = None, requested_at: datetime | None = None
    ) -> None:
        begun = self._begun(message)
        try:
            if gate is None:
                self._begin(message, begun)
                return
            asked = counting(self.table, gate, gate, requested_at=requested_at)
            self.table.transact([begun, asked])
        except ConditionFailed as error:
            raise StaleLead(message.id) from error
        except TransactionFailed as error:
            if 0 in error.lost:
                raise StaleLead(message.id) from error
            raise _why_no_mail(message.lead, error.lost, requested_at) from error

    def _begin(self, message: Message, begun: Action) -> None:
        """What the SDK repeats, unheard, loses to its own first try."""
        try:
            self.table.write(begun)
        except ConditionFailed as lost:
            if not message.by or (lost.item or {}).get("by") != message.by:
                raise

    def sent(self, message: Message) -> None:
        self._record(message)

    def release(self, message: Message) -> None:
        """Free again: as if it had been put off, with the attempt it had."""
        own = "#by = :by" if message.by else "attribute_not_exists(#by)"
        try:
            self.table.write(
                self.table.update(
                    lead_key(message.lead, PREFIX + message.id),
                    "SET #state = :deferred, #at = :at, #why = :why REMOVE #by",
                    when=f"#state = :sending AND #attempt = :attempt AND {own}",
                    values={
                        **({"by": message.by} if message.by else {}),
                        "deferred": MessageState.DEFERRED,
                        "sending": MessageState.SENDING,
                        "at": message.at,
                        "why": message.why or "throttled",
                        "attempt": message.attempt,
                    },
                )
            )
        except ConditionFailed:
            return

    def settle(self, message: Message) -> None:
        """A mail that may be on its way is never put off by a run that came too late to know."""
        deferred = message.state is MessageState.DEFERRED
        try:
            if deferred:
                self._record(message, when=FREE, values={"deferred": MessageState.DEFERRED})
            else:
                self._record(
                    message,
                    when="attribute_not_exists(#state) OR #state <> :sent",
                    values={"sent": MessageState.SENT},
                )
        except ConditionFailed:
            return

    def _counting(
        self, gate: Gate, after: Gate, requested_at: datetime | None, mailbox: Mailbox | None
    ) -> list[Action]:
        at_the_gate = counting(self.table, gate, after, requested_at=requested_at)
        if mailbox is None:
            return [at_the_gate]
        delivered = replace(mailbox, requested=after.requested)
        return [at_the_gate, delivering(self.table, mailbox, delivered)]

    def _recording(self, enrolment: Enrolment, key: str, claim: Claim, stand: Stand) -> Action:
        written = standing(enrolment, stand)
        return self.table.update(
            lead_key(enrolment.lead, ENROLMENT + enrolment.id),
            written.do.replace("SET ", "SET #claim = :claim, ", 1),
            when=f"{OPEN_RUN} AND attribute_not_exists(#claim)",
            names={"#claim": f"{CLAIM}{key}", **written.names},
            values={
                "claim": claim_item(claim),
                "open": EnrolmentStatus.OPEN,
                "generation": enrolment.generation,
                **written.values,
            },
        )

    def _begun(self, message: Message) -> Action:
        return self._recorded(
            message,
            when=f"{FREE} OR (#state = :state AND #attempt < :attempt)",
            values={"deferred": MessageState.DEFERRED},
        )

    def _record(self, message: Message, *, when: str = "", values: Values | None = None) -> None:
        self.table.write(self._recorded(message, when=when, values=values))

    def _recorded(
        self, message: Message, *, when: str = "", values: Values | None = None
    ) -> Action:
        """Set what the message says, add SES's facts if they are the first, keep all others."""
        said, facts = message_values(message), first_wins_values(message)
        held = {name: value for name, value in (said | facts).items() if value is not None}
        sets = [
            f"#{name} = if_not_exists(#{name}, :{name})" if name in facts else f"#{name} = :{name}"
            for name in held
        ]
        gone = ", ".join(f"#{name}" for name in said if name not in held)
        do = f"SET {', '.join(sets)}{' REMOVE ' if gone else ''}{gone}"
        return self.table.update(
            lead_key(message.lead, PREFIX + message.id),
            do,
            when=when,
            values={**held, **(values or {})},
        )


def _why_no_claim(enrolment: Enrolment, key: str, item: Item | None) -> Exception:
    stored = enrolment_of(item) if item else None
    if stored is None or not same_run(stored, enrolment):
        return Left(enrolment.id)
    if key in stored.claims:
        return AlreadyClaimed(stored.claims[key].message)
    return StaleLead(enrolment.lead)


def _why_no_mail(
    lead: str, lost: Mapping[int, Item | None], requested_at: datetime | None
) -> Exception:
    """A prohibition ends it; a gate or mailbox that only moved is asked again."""
    gate = gate_of(lead, lost.get(1) or {})
    opted_out = gate.unsubscribed_at
    standing_now = {
        Prohibition.ERASED: gate.erased_at,
        Prohibition.COMPLAINED: gate.complained_at,
        Prohibition.BOUNCED: gate.bounced_at,
        Prohibition.UNSUBSCRIBED: opted_out
        if requested_at is None or (opted_out is not None and opted_out > requested_at)
        else None,
    }
    for prohibition, at in standing_now.items():
        if at is not None:
            return SuppressedContact(prohibition.value)
    return StaleLead(lead)
