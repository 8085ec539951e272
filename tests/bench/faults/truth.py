"""When, among all operations, a mail was claimed and begun, and its lead forbade mail."""

from dataclasses import dataclass, field
from typing import Any

from coldframe.domain.enrolment import Claim
from coldframe.domain.gate import Prohibition
from coldframe.domain.message import Message
from coldframe.domain.permit import Permit
from tests.bench.faults.crew import Crew
from tests.fakes.gates import InMemoryGates
from tests.fakes.ledger import InMemoryLedger


@dataclass(slots=True, kw_only=True)
class Truth:
    """Numbers are the crew's turns: one instant may hold several."""

    crew: Crew
    claimed: dict[str, int] = field(default_factory=dict)
    """Message → when its claim was stored."""
    begun: dict[str, int] = field(default_factory=dict)
    """Message → when it was last recorded to be on its way."""
    forbidden: dict[str, int] = field(default_factory=dict)
    """Lead → when the first thing that forbids mail was stored."""
    accepted: list[tuple[dict[str, str], int]] = field(default_factory=list)
    """Tags of each mail that SES took, and when."""


@dataclass(slots=True)
class WitnessedGates(InMemoryGates):
    truth: Truth = field(kw_only=True)

    def forbid(self, lead: str, prohibition: Prohibition, *told: Any, **more: Any) -> None:
        try:
            InMemoryGates.forbid(self, lead, prohibition, *told, **more)
        finally:
            if lead in self.rows and prohibition_stands(self, lead, prohibition):
                self.truth.forbidden.setdefault(lead, self.truth.crew.turns)


@dataclass(slots=True)
class WitnessedLedger(InMemoryLedger):
    truth: Truth = field(kw_only=True)

    def claim(self, claim: Claim, permit: Permit | None, **asked: Any) -> None:
        try:
            InMemoryLedger.claim(self, claim, permit, **asked)
        finally:
            self._see(claim.message, asked["enrolment"].lead, asked["enrolment"].id)
            self._begun(asked.get("message"))

    def claim_broadcast(self, claim: Claim, permit: Permit, **asked: Any) -> None:
        try:
            InMemoryLedger.claim_broadcast(self, claim, permit, **asked)
        finally:
            self._see(claim.message, permit.lead, asked["occurrence"])
            self._begun(asked.get("message"))

    def sending(self, message: Message, **asked: Any) -> None:
        try:
            InMemoryLedger.sending(self, message, **asked)
        finally:
            self._begun(message)

    def _begun(self, message: Message | None) -> None:
        row = message and self.rows.get((message.lead, message.id))
        if row and message and (row.state, row.at) == (message.state, message.at):
            self.truth.begun[message.id] = self.truth.crew.turns

    def _see(self, message: str, lead: str, enrolment: str) -> None:
        held = self.enrolments.rows.get((lead, enrolment))
        if held and message in {claim.message for claim in held.claims.values()}:
            self.truth.claimed.setdefault(message, self.truth.crew.turns)


def prohibition_stands(gates: InMemoryGates, lead: str, prohibition: Prohibition) -> bool:
    return getattr(gates.rows[lead], f"{prohibition}_at") is not None
