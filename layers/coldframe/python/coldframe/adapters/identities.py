"""Identities that were moved: items under the person they belong to, and the merge's transaction.

A merge writes what is the person's into one place, and the mark into the other, or nothing at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.companies import is_company
from coldframe.adapters.gates import MOVED, gate_of
from coldframe.adapters.gates import SORT as GATE
from coldframe.adapters.profiles import DECISION, DynamoProfiles
from coldframe.adapters.profiles import SORT as PROFILE
from coldframe.adapters.table import (
    Action,
    ConditionFailed,
    Table,
    TransactionFailed,
    lead_key,
    shard_of,
)
from coldframe.adapters.touchpoints import PREFIX as TOUCHPOINT
from coldframe.adapters.touchpoints import touchpoint_of
from coldframe.domain.errors import StaleLead
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.identity import Identity
from coldframe.domain.merging import OF_THE_PERSON, joined_gates
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.ports.identities import Merge

PREFIX = "I#"
ASKED = (
    "revision",
    MOVED,
    "held_until",
    "preferred_at",
    *(f"{each}{what}" for each in Prohibition for what in ("_at", "_lifted_at")),
)
"""What of a gate must still be as it was read: flags are set outside its revision."""


@dataclass(frozen=True, slots=True)
class DynamoIdentities:
    table: Table

    def of(self, person: str) -> Sequence[Identity]:
        rows = self.table.query(
            "#pk = :pk AND begins_with(#sk, :prefix)", pk=f"L#{person}", prefix=PREFIX
        )
        return [identity_of(item) for item in rows]

    def get(self, person: str, identity: str) -> Identity | None:
        item = self.table.get(lead_key(person, PREFIX + identity))
        return identity_of(item) if item else None

    def write_to(self, person: str, *, since: datetime) -> None:
        with suppress(ConditionFailed):
            self.table.write(
                self.table.update(
                    lead_key(person, GATE),
                    "SET #address_since = :at, #bounced_lifted_at = :at",
                    when=f"attribute_not_exists(#{MOVED}) AND"
                    " (attribute_not_exists(#address_since) OR #address_since < :at)",
                    values={"at": since},
                )
            )

    def advance(self, identity: Identity) -> None:
        with suppress(ConditionFailed):
            self.table.write(self._identity(identity, when="attribute_exists(#sk)"))

    def history(self, identity: Identity, *, at_most: int) -> Sequence[Touchpoint]:
        rows = self.table.query(
            "#pk = :pk AND #sk BETWEEN :first AND :last",
            limit=at_most,
            pk=f"L#{identity.id}",
            first=f"{TOUCHPOINT}{identity.cursor}!" if identity.cursor else TOUCHPOINT,
            last=f"{TOUCHPOINT}~",
        )
        return [touchpoint_of(item) for item in islice(rows, at_most)]

    def was_reacted_to(self, lead: str, touchpoint: str) -> bool:
        rows = self.table.query(
            "#pk = :pk AND begins_with(#sk, :prefix)",
            limit=1,
            pk=f"L#{lead}",
            prefix=f"{DECISION}{touchpoint}#",
        )
        return next(iter(rows), None) is not None

    def merge(self, merge: Merge) -> None:
        profiles, survivor, loser = DynamoProfiles(self.table), merge.survivor, merge.mark
        actions = [
            *profiles.saving(survivor, merge.after, merge.decisions, merge.derived),
            *profiles.saving(merge.loser, loser, []),
            *self._gates(survivor.lead, loser.lead, merge),
            self._identity(merge.identity),
            *self._moved_before(survivor.lead, loser.lead),
        ]
        try:
            self.table.transact(_each_once(actions))
        except TransactionFailed as error:
            raise StaleLead(survivor.lead) from error

    def _gates(self, survivor: str, loser: str, merge: Merge) -> Iterator[Action]:
        held = {lead: self.table.get(lead_key(lead, GATE)) or {} for lead in (survivor, loser)}
        if any(MOVED in item for item in held.values()):
            raise StaleLead(survivor)
        one, other = gate_of(survivor, held[survivor]), gate_of(loser, held[loser])
        at = merge.identity.at
        both = joined_gates(one, other, mailed=merge.mailed, at=at)
        since = at if merge.mailed == loser else None
        yield self._joining(both, held[survivor], address_since=since)
        when, values = _as_read(held[loser])
        yield self.table.update(
            lead_key(loser, GATE),
            f"SET #{MOVED} = :to, #moved_at = :at, #revision = :next",
            when=when,
            values={**values, "to": survivor, "at": at, "next": other.revision + 1},
        )

    def _joining(self, gate: Gate, read: Item, *, address_since: datetime | None) -> Action:
        said = {**_flags(gate, address=address_since is not None)}
        said |= {"mails": gate.mails, "aliases": gate.aliases}
        if address_since:
            said["address_since"] = address_since
        if gate.tallies:
            said["tallies"] = gate.tallies
        if gate.held_until:
            said["held_until"] = gate.held_until
        if chosen := gate.preferences:
            said["preferred_at"] = chosen.at
            said["preferences"] = {
                "off": chosen.off,
                "paused_until": chosen.paused_until,
                "a_week": chosen.a_week,
                "channels_off": chosen.channels_off,
            }
        gone = [
            f"#{name}"
            for each in Prohibition
            if (each in OF_THE_PERSON or address_since)
            and (name := f"{each}_lifted_at") in read
            and name not in said
        ]
        sets = ", ".join(f"#{name} = :new_{name}" for name in [*said, "revision"])
        when, values = _as_read(read)
        new = {f"new_{name}": value for name, value in said.items()}
        return self.table.update(
            lead_key(gate.lead, GATE),
            f"SET {sets}{' REMOVE ' if gone else ''}{', '.join(gone)}",
            when=when,
            values={**values, **new, "new_revision": gate.revision + 1},
        )

    def _moved_before(self, survivor: str, loser: str) -> Iterator[Action]:
        """Marks never chain: who was moved to the loser is the survivor's from now on."""
        for each in self.of(loser):
            for sort in (PROFILE, GATE):
                yield self.table.update(
                    lead_key(each.id, sort),
                    f"SET #{MOVED} = :to",
                    when=f"#{MOVED} = :from",
                    values={"to": survivor, "from": loser},
                )
            yield self.table.delete(lead_key(loser, PREFIX + each.id), when="attribute_exists(#sk)")
            yield self._identity(_under(each, survivor))

    def _identity(self, identity: Identity, *, when: str = "") -> Action:
        key = lead_key(identity.person, PREFIX + identity.id)
        due = {"due_shard": shard_of(key[0], "due"), "due_at": identity.due_at}
        item = {
            "address": identity.address,
            "at": identity.at,
            "why": identity.why,
            "by": identity.by,
            "cursor": identity.cursor,
            **(due if identity.due_at else {}),
        }
        return self.table.put(key, item, when=when)


def _each_once(actions: Iterable[Action]) -> list[Action]:
    """Both may tell one company that it has news; a transaction touches no item twice."""
    told: list[Mapping[str, Any]] = []
    found: list[Action] = []
    for action in actions:
        key = action.get("Update", {}).get("Key")
        if key and is_company(key):
            if key in told:
                continue
            told.append(key)
        found.append(action)
    return found


def identity_of(item: Item) -> Identity:
    return Identity(
        person=item["pk"].removeprefix("L#"),
        id=item["sk"].removeprefix(PREFIX),
        address=item["address"],
        at=instant(item["at"]),
        why=item["why"],
        by=item["by"],
        cursor=item["cursor"],
        due_at=instant_or_none(item.get("due_at")),
    )


def _under(identity: Identity, person: str) -> Identity:
    return replace(identity, person=person)


def _as_read(item: Item) -> tuple[str, dict[str, object]]:
    """The condition that a gate is still the one that was read, and its values."""
    there = [name for name in ASKED if name in item]
    when = [f"#{name} = :was_{name}" for name in there]
    when += [f"attribute_not_exists(#{name})" for name in ASKED if name not in item]
    return " AND ".join(when), {f"was_{name}": item[name] for name in there}


def _flags(gate: Gate, *, address: bool) -> Mapping[str, Any]:
    """``address``: also what belongs to the address, which is another now."""
    said: dict[str, Any] = {}
    for each in (*OF_THE_PERSON, *([Prohibition.BOUNCED] if address else [])):
        if at := getattr(gate, f"{each}_at"):
            said[f"{each}_at"] = at
        if lifted := gate.lifted.get(each.value):
            said[f"{each}_lifted_at"] = lifted
        if why := gate.reasons.get(each.value):
            said[f"{each}_why"] = why
    return said
