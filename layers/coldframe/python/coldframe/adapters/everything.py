"""All that the table holds under one lead: told whole, or deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coldframe.adapters.gates import SORT as GATE
from coldframe.adapters.profiles import SORT as PROFILE
from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.table import Table, lead_key
from coldframe.adapters.visitors import OF_LEAD, DynamoVisitors
from coldframe.domain.erasure import tombstone

NAMES = {
    "A": "memberships",
    "D": "decisions",
    "E": "enrolments",
    "G": "gate",
    "M": "messages",
    "O": "observations",
    "P": "profile",
    "T": "touchpoints",
    "W": "visitors",
    "X": "parked",
}
INSIDE = ("pk", "member_shard", "due_shard")
"""What only places an item in the table."""


@dataclass(frozen=True, slots=True)
class DynamoEverything:
    table: Table

    def of(self, lead: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        found: dict[str, list[Mapping[str, Any]]] = {}
        for item in self.table.query("#pk = :pk", pk=f"L#{lead}"):
            prefix, _, name = item["sk"].partition("#")
            told = {key: value for key, value in item.items() if key not in (*INSIDE, "sk")}
            entry = {"id": name, **told} if name else told
            found.setdefault(NAMES.get(prefix, prefix), []).append(entry)
        return found

    def erase(self, lead: str, at: datetime) -> None:
        """The profile first: what is reacted to from now on finds the mark, or loses its turn.

        Twice over the rest: a run in flight may have written behind the first. The gate last; the
        mark on it forbids nothing any more once nothing is left that could be sent.
        """
        self._mark(lead, at)
        for _ in range(2):
            for item in self.table.query("#pk = :pk", pk=f"L#{lead}"):
                if item["sk"].startswith(OF_LEAD):
                    DynamoVisitors(self.table).forget(item["sk"].removeprefix(OF_LEAD))
                if item["sk"] not in (PROFILE, GATE):
                    self.table.write(self.table.delete(lead_key(lead, item["sk"])))
        gate = {"erased_at": at, "erased_lifted_at": at}
        self.table.write(self.table.put(lead_key(lead, GATE), gate))

    def _mark(self, lead: str, at: datetime) -> None:
        profiles = DynamoProfiles(self.table)
        known = profiles.get(lead)
        revision = known.revision + 1 if known else 1
        profiles.save(known, tombstone(lead, at, revision=revision), [])
