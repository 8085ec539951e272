"""The due index: what must happen when, spread over shards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.adapters.attributes import instant
from coldframe.adapters.table import Table, shards_of

if TYPE_CHECKING:
    from coldframe.services.ports.due import Instant

INDEX = "due"
FEW = 2
"""Most sweeps find hardly anything in a shard; the pages of others grow."""


@dataclass(frozen=True, slots=True)
class Due:
    lead: str
    key: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DynamoDueIndex:
    table: Table

    def coming(self, now: datetime) -> Iterable[Due]:
        for shard in shards_of("due"):
            for due in self._in(shard, page=FEW):
                yield due
                if due.due_at > now:
                    break

    def earliest(self, *, but: Collection[Instant]) -> datetime | None:
        """The next thing that is due, in all shards."""
        firsts = (self._first(shard, but) for shard in shards_of("due"))
        return min(filter(None, firsts), default=None)

    def _first(self, shard: str, but: Collection[Instant]) -> datetime | None:
        for due in self._in(shard, page=FEW if but else 1):
            if (due.lead, due.key, due.due_at) not in but:
                return due.due_at
        return None

    def _in(self, shard: str, *, page: int) -> Iterator[Due]:
        for item in self.table.query("#due_shard = :shard", index=INDEX, limit=page, shard=shard):
            _, _, name = item["pk"].partition("#")
            yield Due(name, item["sk"], instant(item["due_at"]))
