"""Rows of a file become leads: one transaction each, and nobody is mailed by it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from coldframe.domain.errors import StaleLead
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.importing import (
    ImportedLead,
    Judged,
    Verdict,
    is_erased,
    judged,
    taken_in,
    touchpoint_of,
)
from coldframe.domain.knowing.relearning import outdated, relearned
from coldframe.services.scrubbing import EVER

if TYPE_CHECKING:
    from coldframe.domain.playbook import Reactions
    from coldframe.domain.profile import Profile
    from coldframe.domain.touchpoint import Touchpoint
    from coldframe.services.ports.clock import Clock
    from coldframe.services.ports.gates import Gates
    from coldframe.services.ports.leads import Profiles, Touchpoints

ROUNDS: Final = 8
"""How often a lead that somebody else changed meanwhile is read again."""
WHY: Final = "import"
ADDRESS: Final = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    profile: Profile | None
    gate: Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Importing:
    """``name``: what the file is called in the record of each of its leads."""

    profiles: Profiles
    gates: Gates
    touchpoints: Touchpoints
    reactions: Reactions
    clock: Clock
    name: str

    def known(self, leads: Collection[str]) -> Mapping[str, Known]:
        """What is known of at most 100 leads; of one that was moved, what is of the person."""
        stored = self.profiles.of(leads)
        moved = {lead: each.moved_to for lead, each in stored.items() if each.moved_to}
        persons = {**stored, **(self.profiles.of(set(moved.values())) if moved else {})}
        whose = {lead: moved.get(lead, lead) for lead in leads}
        gates = self.gates.of(set(whose.values()))
        return {
            lead: Known(profile=persons.get(person), gate=gates.get(person) or Gate(lead=person))
            for lead, person in whose.items()
        }

    def judge(self, row: ImportedLead, known: Known) -> Judged:
        """What the row would do; nothing is written."""
        return self._draw(_of_the_person(row, known), known)[0]

    def __call__(self, row: ImportedLead, known: Known) -> Judged:
        """The opt-out first: it holds whatever becomes of the rest."""
        asked = row.lead
        for _ in range(ROUNDS):
            row = _of_the_person(row, known)
            found, touchpoint, after = self._draw(row, known)
            if found.verdict is Verdict.ERASED:
                return found
            if row.unsubscribed and known.gate.unsubscribed_at is None:
                self.gates.forbid(row.lead, Prohibition.UNSUBSCRIBED, row.as_of, WHY)
            if found.verdict is Verdict.UNCHANGED or after is None:
                return found
            try:
                self.profiles.save(known.profile, after, [], [touchpoint])
            except StaleLead:
                known = self.known([asked])[asked]
            else:
                return found
        raise StaleLead(asked)

    def _draw(self, row: ImportedLead, known: Known) -> tuple[Judged, Touchpoint, Profile | None]:
        touchpoint = touchpoint_of(row, name=self.name, now=self.clock.now())
        if is_erased(known.profile, known.gate, row.as_of):
            return Judged(verdict=Verdict.ERASED), touchpoint, None
        before = self._current(known.profile)
        after = taken_in(before, touchpoint, self.reactions)
        return judged(before, after, known.gate), touchpoint, after

    def _current(self, profile: Profile | None) -> Profile | None:
        """One that other definitions were applied to is learned anew, as everywhere."""
        if profile is None or not outdated(profile, self.reactions):
            return profile
        others = self.touchpoints.since(profile.lead, EVER)
        return relearned(profile, others, self.reactions, self.clock.now())


def _of_the_person(row: ImportedLead, known: Known) -> ImportedLead:
    """Whose address was moved to another keeps the other's."""
    if known.gate.lead == row.lead:
        return row
    fields = {name: value for name, value in row.fields.items() if name != ADDRESS}
    return replace(row, lead=known.gate.lead, fields=fields)
