"""Gates in memory."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from coldframe.domain.errors import StaleLead, SuppressedContact
from coldframe.domain.gate import Gate, Prohibition
from tests.fakes.writes import Writes


@dataclass(slots=True)
class InMemoryGates:
    writes: Writes
    rows: dict[str, Gate] = field(default_factory=dict)

    def get(self, lead: str) -> Gate:
        self.writes.reading()
        return self.rows.get(lead, Gate(lead=lead))

    def forbid(self, lead: str, prohibition: Prohibition, at: datetime) -> None:
        with self.writes(f"gates.forbid {prohibition}"):
            gate = self.rows.get(lead, Gate(lead=lead))
            name = f"{prohibition}_at"
            stands: datetime | None = getattr(gate, name)
            flag: dict[str, Any] = {name: max(stands or at, at)}
            self.rows[lead] = replace(gate, **flag)

    def check(self, gate: Gate, *, requested_at: datetime | None) -> None:
        """The transaction's condition on the gate."""
        stands = self.rows.get(gate.lead, Gate(lead=gate.lead))
        for name in _forbidding(stands, requested_at):
            raise SuppressedContact(name)
        if stands.revision != gate.revision or (requested_at is None and stands.with_sales_at):
            raise StaleLead(gate.lead)

    def count(self, after: Gate) -> None:
        """Only what the claim may write; flags that came meanwhile stay."""
        stands = self.rows.get(after.lead, Gate(lead=after.lead))
        revision = stands.revision + 1
        self.rows[after.lead] = replace(stands, mails=after.mails, revision=revision)


def _forbidding(gate: Gate, requested_at: datetime | None) -> list[str]:
    opted_out = gate.unsubscribed_at
    if requested_at is not None and opted_out is not None and opted_out <= requested_at:
        opted_out = None
    flags = {
        "erased": gate.erased_at,
        "complained": gate.complained_at,
        "bounced": gate.bounced_at,
        "unsubscribed": opted_out,
    }
    return [name for name, at in flags.items() if at is not None]
