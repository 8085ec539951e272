"""The due index: what must happen when, spread over shards."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.adapters.attributes import Item, instant
from coldframe.adapters.table import Table, shards_of

if TYPE_CHECKING:
    from coldframe.services.ports.due import Instant

INDEX = "due"
LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Due:
    lead: str
    key: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DynamoDueIndex:
    table: Table

    def due(self, now: datetime) -> Iterable[Due]:
        for shard in shards_of("due"):
            for item in self.table.query(
                "#due_shard = :shard AND #due_at <= :now", index=INDEX, shard=shard, now=now
            ):
                yield _due(item)

    def earliest(self, *, but: Collection[Instant] = ()) -> datetime | None:
        """The next thing that is due, in all shards."""
        firsts = (self._first(shard, but) for shard in shards_of("due"))
        return min(filter(None, firsts), default=None)

    def _first(self, shard: str, but: Collection[Instant]) -> datetime | None:
        page = min(len(but) + 1, LARGEST_PAGE)
        for item in self.table.query("#due_shard = :shard", index=INDEX, limit=page, shard=shard):
            due = _due(item)
            if (due.lead, due.key, due.due_at) not in but:
                return due.due_at
        return None


def _due(item: Item) -> Due:
    _, _, name = item["pk"].partition("#")
    return Due(name, item["sk"], instant(item["due_at"]))
