"""Claims and messages in memory: the same promises, the same losers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from coldframe.domain.enrolment import Claim, Enrolment, EnrolmentStatus, Stand
from coldframe.domain.errors import AlreadyClaimed, StaleLead
from coldframe.domain.message import Message, MessageState
from coldframe.domain.permit import Permit
from tests.fakes.enrolments import InMemoryEnrolments
from tests.fakes.gates import InMemoryGates
from tests.fakes.mailboxes import InMemoryMailboxes
from tests.fakes.writes import Writes

Key = tuple[str, str]
FREE = (None, MessageState.DEFERRED)


@dataclass(slots=True)
class InMemoryLedger:
    writes: Writes
    enrolments: InMemoryEnrolments
    gates: InMemoryGates
    mailboxes: InMemoryMailboxes
    rows: dict[Key, Message] = field(default_factory=dict)
    facts: dict[Key, dict[str, str]] = field(default_factory=dict)

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
        with self.writes(f"ledger.claim {key}"):
            stored = self.enrolments.running(enrolment)
            if key in stored.claims:
                raise AlreadyClaimed(stored.claims[key].message)
            self._mail(permit, message)
            self.enrolments.put(stored, stand, claim=(key, claim))

    def claim_broadcast(
        self, claim: Claim, permit: Permit, *, occurrence: str, message: Message | None = None
    ) -> None:
        with self.writes("ledger.claim_broadcast"):
            lead = permit.lead
            if (lead, occurrence) in self.enrolments.rows:
                raise AlreadyClaimed(claim.message)
            self._mail(permit, message)
            self.enrolments.rows[lead, occurrence] = Enrolment(
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

    def _mail(self, permit: Permit | None, message: Message | None) -> None:
        """All conditions first, then all that is written."""
        if message is not None:
            self._check(message)
        if permit is not None:
            self.gates.check(permit.gate, requested_at=permit.requested_at)
            self.mailboxes.check(permit.mailbox)
            self.gates.count(permit.after)
            self.mailboxes.count(permit.mailbox, permit.after.requested)
        if message is not None:
            self._put(message)

    def message(self, lead: str, message: str) -> Message | None:
        self.writes.reading()
        return self.rows.get((lead, message))

    def sending(self, message: Message, *, permit: Permit | None = None) -> None:
        with self.writes(f"ledger.sending {message.mail}"):
            self._mail(permit, message)

    def _check(self, message: Message) -> None:
        stored = self.rows.get((message.lead, message.id))
        again = (
            stored is not None
            and stored.state is MessageState.SENDING
            and stored.attempt < message.attempt
        )
        if self._state(message) not in FREE and not again:
            raise StaleLead(message.id)

    def sent(self, message: Message) -> None:
        with self.writes(f"ledger.sent {message.mail}"):
            self._put(message)

    def release(self, message: Message) -> None:
        with self.writes("ledger.release"):
            stored = self.rows.get((message.lead, message.id))
            if stored and _attempt(stored) == (MessageState.SENDING, message.attempt, message.by):
                self._put(replace(message, state=MessageState.DEFERRED, by=""))

    def settle(self, message: Message) -> None:
        with self.writes(f"ledger.settle {message.state}"):
            state = self._state(message)
            if message.state is MessageState.DEFERRED and state not in FREE:
                return
            if state is not MessageState.SENT:
                self._put(message)

    def of(self, lead: str) -> Sequence[Message]:
        self.writes.reading()
        return [row for (of, _), row in sorted(self.rows.items()) if of == lead]

    def update(self, lead: str, message: str, facts: dict[str, str]) -> None:
        """What SES tells (the port EmailEvents): one item, so one fake."""
        with self.writes("email_events.update"):
            stored = self.rows.get((lead, message))
            if stored is None:
                return
            kept = self.facts.setdefault((lead, message), {})
            for name, value in facts.items():
                kept.setdefault(name, value)
            doubtful = stored.state in (MessageState.SENDING, MessageState.UNKNOWN)
            proved = bool({"sent_at", "delivered_at"} & facts.keys())
            state = MessageState.SENT if doubtful and proved else stored.state
            self._put(replace(stored, state=state))

    def _state(self, message: Message) -> MessageState | None:
        stored = self.rows.get((message.lead, message.id))
        return stored.state if stored else None

    def _put(self, message: Message) -> None:
        """SES's facts and ours about the sending are kept, the first of each."""
        key = message.lead, message.id
        kept = self.facts.setdefault(key, {})
        if message.sent_at:
            kept.setdefault("sent_at", message.sent_at.isoformat())
        stored = self.rows.get(key)
        self.rows[key] = replace(
            message,
            ses_id=(stored.ses_id if stored else "") or message.ses_id,
            sent_at=_instant(kept.get("sent_at")),
            delivered_at=_instant(kept.get("delivered_at")),
            bounced_at=_instant(kept.get("bounced_at")),
            bounce=kept.get("bounce", ""),
            bounced_why=kept.get("bounced_why", ""),
            rejected_at=_instant(kept.get("rejected_at")),
            rejected_why=kept.get("rejected_why", ""),
            complained_at=_instant(kept.get("complained_at")),
            delayed_at=_instant(kept.get("delayed_at")),
        )


def _attempt(message: Message) -> tuple[MessageState, int, str]:
    return message.state, message.attempt, message.by


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
