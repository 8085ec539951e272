"""Both gates of a merge, as two actions of its transaction: one is the person's, one a mark."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from coldframe.adapters.attributes import Item
from coldframe.adapters.gates import MOVED, SORT, gate_of, preferences_item
from coldframe.adapters.table import Action, Table, lead_key
from coldframe.domain.errors import StaleLead
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.joined_gates import OF_THE_PERSON, joined_gates

ASKED = (
    "revision",
    MOVED,
    "held_until",
    "preferred_at",
    *(f"{each}{what}" for each in Prohibition for what in ("_at", "_lifted_at")),
)
"""What of a gate must still be as it was read: flags are set outside its revision."""


def gates_joined(table: Table, survivor: str, loser: str, at: datetime) -> Iterator[Action]:
    """StaleLead when one of them is another's by now."""
    held = {lead: table.get(lead_key(lead, SORT)) or {} for lead in (survivor, loser)}
    if any(MOVED in item for item in held.values()):
        raise StaleLead(survivor)
    one, other = gate_of(survivor, held[survivor]), gate_of(loser, held[loser])
    yield _joining(table, joined_gates(one, other), held[survivor])
    when, values = _as_read(held[loser])
    yield table.update(
        lead_key(loser, SORT),
        f"SET #{MOVED} = :to, #moved_at = :at, #revision = :next",
        when=when,
        values={**values, "to": survivor, "at": at, "next": other.revision + 1},
    )


def _joining(table: Table, gate: Gate, read: Item) -> Action:
    said = _said(gate)
    gone = [
        f"#{name}"
        for each in OF_THE_PERSON
        if (name := f"{each}_lifted_at") in read and name not in said
    ]
    sets = ", ".join(f"#{name} = :new_{name}" for name in [*said, "revision"])
    when, values = _as_read(read)
    new = {f"new_{name}": value for name, value in said.items()}
    return table.update(
        lead_key(gate.lead, SORT),
        f"SET {sets}{' REMOVE ' if gone else ''}{', '.join(gone)}",
        when=when,
        values={**values, **new, "new_revision": gate.revision + 1},
    )


def _said(gate: Gate) -> Mapping[str, Any]:
    chosen = gate.preferences
    optional: dict[str, Any] = {
        "tallies": gate.tallies,
        "held_until": gate.held_until,
        "preferred_at": chosen.at if chosen else None,
        "preferences": preferences_item(chosen) if chosen else None,
    }
    for each in OF_THE_PERSON:
        optional[f"{each}_at"] = getattr(gate, f"{each}_at")
        optional[f"{each}_lifted_at"] = gate.lifted.get(each.value)
        optional[f"{each}_why"] = gate.reasons.get(each.value)
    said = {name: value for name, value in optional.items() if value}
    return {**said, "mails": gate.mails, "aliases": gate.aliases}


def _as_read(item: Item) -> tuple[str, dict[str, object]]:
    """The condition that a gate is still the one that was read, and its values."""
    there = [name for name in ASKED if name in item]
    when = [f"#{name} = :was_{name}" for name in there]
    when += [f"attribute_not_exists(#{name})" for name in ASKED if name not in item]
    return " AND ".join(when), {f"was_{name}": item[name] for name in there}
