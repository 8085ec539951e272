"""DynamoDB's units of what a stub is asked, by the rules of its bill."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Item = Mapping[str, Any]
WRITTEN, READ = 1024, 4096
"""Bytes that one unit pays for."""
INDEXES: Final = (("due_shard", "due_at"), ("member_shard",))
"""Of the table's two indexes, which hold keys alone: what an item must have to be in it."""


@dataclass(slots=True)
class Meter:
    written: float = 0.0
    read: float = 0.0

    def write(self, asked: Mapping[str, Any], before: Item | None, *, times: int = 1) -> None:
        """A put, an update or a deletion; ``times`` 2 in a transaction."""
        after = asked.get("Item") or updated(asked, before)
        size = max(_size(before), _size(after))
        indexed = sum(_moves(keys, before or {}, after) for keys in INDEXES)
        self.written += times * (_units(size, WRITTEN) + indexed)

    def fetch(self, *items: Item) -> None:
        """Consistently, in one request."""
        self.read += sum(_units(_size(item), READ) for item in items or ({},))

    def walk(self, items: list[Item]) -> None:
        self.read += _units(sum(map(_size, items)), READ)


def updated(asked: Mapping[str, Any], before: Item | None) -> dict[str, Any]:
    """As far as it matters: values are set under their own names, or are gone."""
    after = {**asked.get("Key", {}), **(before or {})}
    names = asked.get("ExpressionAttributeNames", {})
    values = asked.get("ExpressionAttributeValues", {})
    do, _, gone = asked.get("UpdateExpression", "").partition("REMOVE ")
    for token, name in names.items():
        if f"{token} = " in do and f":{token[1:]}" in values:
            after[name] = values[f":{token[1:]}"]
        if token in gone:
            after.pop(name, None)
    return after


def _moves(keys: tuple[str, ...], before: Item, after: Item) -> int:
    """Out of one place of the index, and into another."""
    one, other = (tuple(_told(keys, item)) for item in (before, after))
    return 0 if one == other else bool(one) + bool(other)


def _told(keys: tuple[str, ...], item: Item) -> Iterator[str]:
    if all(key in item for key in keys):
        yield from (json.dumps(item[key]) for key in keys)


def _size(item: Item | None) -> int:
    """Names and values in UTF-8, as they are stored; numbers and marks as they are written."""
    return sum(len(name.encode()) + _weight(value) for name, value in (item or {}).items())


def _weight(value: Mapping[str, Any]) -> int:
    ((kind, held),) = value.items()
    if kind == "M":
        return 3 + _size(held) + len(held)
    if kind == "L":
        return 3 + sum(1 + _weight(each) for each in held)
    return len(held.encode()) if kind in ("S", "N") else 1


def _units(size: int, of: int) -> int:
    return max(1, math.ceil(size / of))
