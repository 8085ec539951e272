"""Identities that were moved to the person they belong to, in memory."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from coldframe.domain.errors import StaleLead
from coldframe.domain.identity import Identity
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.ports.identities import Merge
from tests.fakes.gates import InMemoryGates
from tests.fakes.leads import InMemoryProfiles
from tests.fakes.writes import Writes


@dataclass(slots=True)
class InMemoryIdentities:
    writes: Writes
    profiles: InMemoryProfiles
    gates: InMemoryGates
    rows: dict[tuple[str, str], Identity] = field(default_factory=dict)

    def of(self, person: str) -> Sequence[Identity]:
        self.writes.reading()
        return [row for (of, _), row in sorted(self.rows.items()) if of == person]

    def get(self, person: str, identity: str) -> Identity | None:
        self.writes.reading()
        return self.rows.get((person, identity))

    def people(self, lead: str) -> Collection[str]:
        person = self.gates.whose(lead)
        return {person, *(each for of, each in self.rows if of == person)}

    def merge(self, merge: Merge) -> None:
        with self.writes("identities.merge"):
            survivor, loser = merge.survivor.lead, merge.mark.lead
            if survivor in self.gates.moved or loser in self.gates.moved:
                raise StaleLead(survivor)
            self.profiles.check(merge.survivor, merge.after)
            self.profiles.check(merge.loser, merge.mark)
            self.profiles.put(merge.survivor, merge.after, merge.decisions, merge.derived)
            self.profiles.put(merge.loser, merge.mark, (), ())
            self.gates.join(survivor, loser, merge.identity.at)
            for of, each in list(self.rows):
                if of == loser:
                    row = self.rows.pop((of, each))
                    self.rows[survivor, each] = replace(row, person=survivor)
                    known = self.profiles.rows[each]
                    self.profiles.rows[each] = replace(known, moved_to=survivor)
            self.rows[survivor, loser] = merge.identity

    def write_to(self, person: str, *, since: datetime) -> None:
        with self.writes("identities.write_to"):
            self.gates.write_to(person, since)

    def advance(self, identity: Identity) -> None:
        with self.writes("identities.advance"):
            if (identity.person, identity.id) in self.rows:
                self.rows[identity.person, identity.id] = identity

    def history(self, identity: Identity, *, at_most: int) -> Sequence[Touchpoint]:
        self.writes.reading()
        rows = sorted(self.profiles.touchpoints.rows.items())
        behind = [row for (of, name), row in rows if of == identity.id and name > identity.cursor]
        return behind[:at_most]

    def was_reacted_to(self, lead: str, touchpoint: str) -> bool:
        self.writes.reading()
        held = self.profiles.decisions
        return any(of == lead and each.cause == touchpoint for (of, _), each in held.items())
