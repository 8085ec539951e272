"""Gates in memory."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from coldframe.domain.client_pause import Pause
from coldframe.domain.errors import StaleLead, SuppressedContact
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.joined_gates import OF_THE_PERSON, joined_gates
from coldframe.domain.preferences import Preferences
from tests.fakes.tallies import InMemorySurges
from tests.fakes.writes import Writes


@dataclass(slots=True)
class InMemoryGates:
    writes: Writes
    rows: dict[str, Gate] = field(default_factory=dict)
    pause: Pause | None = None
    """The client's."""
    surges: InMemorySurges = field(default_factory=lambda: InMemorySurges(Writes()))
    told: dict[tuple[str, Prohibition], dict[str, datetime]] = field(default_factory=dict)
    """What was ever said of a prohibition: the latest instants of forbidding and lifting."""

    address_since: dict[str, datetime] = field(default_factory=dict)
    moved: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    """Identity → whose it is by now, and since when."""

    def whose(self, lead: str, mailed_at: datetime | None = None) -> str:
        while lead in self.moved:
            to, at = self.moved[lead]
            if mailed_at is not None and mailed_at < at:
                break
            lead = to
        return lead

    def get(self, lead: str) -> Gate:
        self.writes.reading()
        lead = self.whose(lead)
        return replace(
            self.rows.get(lead, Gate(lead=lead)), client_pause=self.pause, surges=self.surges.read()
        )

    def of(self, leads: Collection[str]) -> Mapping[str, Gate]:
        self.writes.reading()
        whose = {lead: self.whose(lead) for lead in leads}
        return {lead: self.rows[of] for lead, of in whose.items() if of in self.rows}

    def forbid(
        self,
        lead: str,
        prohibition: Prohibition,
        at: datetime,
        why: str = "",
        *,
        mailed_at: datetime | None = None,
    ) -> None:
        with self.writes(f"gates.forbid {prohibition}"):
            of_mail = mailed_at if prohibition is Prohibition.BOUNCED else None
            lead = self.whose(lead, of_mail)
            if of_mail and lead in self.address_since and of_mail < self.address_since[lead]:
                return
            told = self.told.setdefault((lead, prohibition), {})
            if "at" not in told or told["at"] < at:
                gate = self.rows.get(lead, Gate(lead=lead))
                reasons = {**gate.reasons, **({prohibition.value: why} if why else {})}
                self.rows[lead] = replace(gate, reasons=reasons)
                told |= {"at": at, "why": at} if why else {"at": at}
            self._stand(lead, prohibition)

    def lift(
        self,
        lead: str,
        prohibition: Prohibition,
        at: datetime,
        *,
        mailed_at: datetime | None = None,
    ) -> None:
        with self.writes(f"gates.lift {prohibition}"):
            of_mail = mailed_at if prohibition is Prohibition.BOUNCED else None
            lead = self.whose(lead, of_mail)
            if of_mail and lead in self.address_since and of_mail < self.address_since[lead]:
                return
            told = self.told.setdefault((lead, prohibition), {})
            told["lifted"] = max(told.get("lifted", at), at)
            gate = self.rows.get(lead, Gate(lead=lead))
            lifted = {**gate.lifted, prohibition.value: told["lifted"]}
            self.rows[lead] = replace(gate, lifted=lifted)
            self._stand(lead, prohibition)

    def join(self, survivor: str, loser: str, at: datetime) -> None:
        """What a merge writes, all at once."""
        one = self.rows.get(survivor, Gate(lead=survivor))
        other = self.rows.get(loser, Gate(lead=loser))
        both = joined_gates(one, other)
        self.rows[survivor] = replace(both, revision=one.revision + 1)
        self.rows[loser] = replace(other, revision=other.revision + 1)
        for each in OF_THE_PERSON:
            said, lifted = getattr(both, f"{each}_at"), both.lifted.get(each.value)
            told = self.told.setdefault((survivor, each), {})
            told |= {"at": said} if said else {}
            told.pop("lifted", None)
            told |= {"lifted": lifted} if lifted else {}
        before = [lead for lead, (to, _) in self.moved.items() if to == loser]
        self.moved |= {lead: (survivor, self.moved[lead][1]) for lead in before}
        self.moved[loser] = survivor, at

    def write_to(self, person: str, since: datetime) -> None:
        if person in self.moved:
            return
        self.address_since[person] = max(self.address_since.get(person, since), since)
        told = self.told.setdefault((person, Prohibition.BOUNCED), {})
        told["lifted"] = max(told.get("lifted", since), since)
        gate = self.rows.get(person, Gate(lead=person))
        lifted = {**gate.lifted, Prohibition.BOUNCED.value: told["lifted"]}
        self.rows[person] = replace(gate, lifted=lifted)
        self._stand(person, Prohibition.BOUNCED)

    def _stand(self, lead: str, prohibition: Prohibition) -> None:
        told = self.told[lead, prohibition]
        at, lifted = told.get("at"), told.get("lifted")
        stands = at if at and (lifted is None or at > lifted) else None
        flag: dict[str, Any] = {f"{prohibition}_at": stands}
        gate = self.rows.get(lead, Gate(lead=lead))
        if lifted and "why" in told and told["why"] <= lifted:
            others = {name: why for name, why in gate.reasons.items() if name != prohibition}
            gate = replace(gate, reasons=others)
        self.rows[lead] = replace(gate, **flag)

    def prefer(self, lead: str, chosen: Preferences) -> None:
        with self.writes("gates.prefer"):
            lead = self.whose(lead)
            gate = self.rows.get(lead, Gate(lead=lead))
            if gate.preferences is None or gate.preferences.at < chosen.at:
                self.rows[lead] = replace(gate, preferences=chosen)

    def hold(self, lead: str, until: datetime) -> None:
        with self.writes("gates.hold"):
            lead = self.whose(lead)
            gate = self.rows.get(lead, Gate(lead=lead))
            self.rows[lead] = replace(gate, held_until=max(gate.held_until or until, until))

    def check(self, gate: Gate, *, requested_at: datetime | None) -> None:
        """The transaction's condition on the gate."""
        stands = self.rows.get(gate.lead, Gate(lead=gate.lead))
        asked_of = replace(stands, bounced_at=None) if gate.elsewhere else stands
        for name in _forbidding(asked_of, requested_at):
            raise SuppressedContact(name)
        if stands.revision != gate.revision:
            raise StaleLead(gate.lead)
        asked = gate.held_until, gate.preferences
        if requested_at is None and (
            stands.with_sales_at or (stands.held_until, stands.preferences) != asked
        ):
            raise StaleLead(gate.lead)

    def count(self, after: Gate) -> None:
        """Only what the claim may write; flags that came meanwhile stay."""
        stands = self.rows.get(after.lead, Gate(lead=after.lead))
        revision = stands.revision + 1
        counts = {"mails": after.mails, "tallies": after.tallies, "revision": revision}
        self.rows[after.lead] = replace(stands, **counts)  # type: ignore[arg-type]  # its fields


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
