"""All that the table holds under one lead: told whole, or deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from coldframe.adapters.attributes import Item
from coldframe.adapters.gates import SORT as GATE
from coldframe.adapters.profiles import SORT as PROFILE
from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.table import Table, lead_key
from coldframe.adapters.touchpoints import DynamoTouchpoints, touchpoint_of
from coldframe.adapters.visitors import OF_LEAD, DynamoVisitors
from coldframe.domain.erasure import tombstone
from coldframe.domain.referral import ended
from coldframe.domain.touchpoint import REFERRAL_MADE

NAMES = {
    "A": "memberships",
    "D": "decisions",
    "E": "enrolments",
    "G": "gate",
    "I": "identities",
    "LOG": "access_log",
    "M": "messages",
    "N": "not_the_same_as",
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
        """The person's, and under `other_identities` what lies where each of the others began."""
        person, others = self._identities(lead)
        found = {name: list(rows) for name, rows in self._under(person).items()}
        if others:
            found["other_identities"] = [{"id": each, **self._under(each)} for each in others]
        return found

    def _under(self, lead: str) -> dict[str, list[Mapping[str, Any]]]:
        found: dict[str, list[Mapping[str, Any]]] = {}
        for item in self.table.query("#pk = :pk", pk=f"L#{lead}"):
            prefix, _, name = item["sk"].partition("#")
            told = {key: value for key, value in item.items() if key not in (*INSIDE, "sk")}
            entry = {"id": name, **told} if name else told
            found.setdefault(NAMES.get(prefix, prefix), []).append(entry)
        return found

    def erase(self, lead: str, at: datetime) -> None:
        """The profile first: what is reacted to from now on finds the mark, or loses its turn.

        All identities of the person; their marks lead here until everything else is gone, so that
        who begins again by any of them comes to all of them.
        """
        person, others = self._identities(lead)
        self._mark(person, at, aliases=others)
        self._empty(person)
        for each in others:
            self._empty(each)
        for each in others:
            self._mark(each, at)
            self._close(each, at)
        self._close(person, at)

    def _identities(self, lead: str) -> tuple[str, tuple[str, ...]]:
        """The person's id, and those of its other identities."""
        profiles = DynamoProfiles(self.table)
        found = profiles.own(lead)
        while found is not None and found.moved_to:
            found = profiles.own(found.moved_to)
        return (found.lead, found.aliases) if found is not None else (lead, ())

    def _close(self, lead: str, at: datetime) -> None:
        """Once more: a run in flight may have written behind the first. The gate last; the mark on
        it forbids nothing any more once nothing is left that could be sent.
        """
        self._empty(lead)
        gate = {"erased_at": at, "erased_lifted_at": at}
        self.table.write(self.table.put(lead_key(lead, GATE), gate))

    def _empty(self, lead: str) -> None:
        for item in self.table.query("#pk = :pk", pk=f"L#{lead}"):
            if item["sk"].startswith(OF_LEAD):
                DynamoVisitors(self.table).forget(item["sk"].removeprefix(OF_LEAD))
            if item.get("kind") == REFERRAL_MADE:
                self._unname(item)
            if item["sk"] not in (PROFILE, GATE):
                self.table.write(self.table.delete(lead_key(lead, item["sk"])))

    def _unname(self, item: Item) -> None:
        """Who came by its link no longer says so, wherever its post has moved since."""
        made, touchpoints = touchpoint_of(item), DynamoTouchpoints(self.table)
        came = str(made.data["lead"])
        person, others = self._identities(came)
        for each in {came, person, *others}:
            touchpoints.forget_referrer(each, str(made.data["post"]))
        touchpoints.append(ended(made))

    def _mark(self, lead: str, at: datetime, *, aliases: tuple[str, ...] = ()) -> None:
        profiles = DynamoProfiles(self.table)
        known = profiles.own(lead)
        revision = known.revision + 1 if known else 1
        gone = replace(tombstone(lead, at, revision=revision), aliases=aliases)
        profiles.save(known, gone, [])
