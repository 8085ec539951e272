"""The due index: what must happen when, spread over shards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coldframe.adapters.attributes import instant
from coldframe.adapters.table import Table, shards_of

INDEX = "due"


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
                _, _, name = item["pk"].partition("#")
                yield Due(name, item["sk"], instant(item["due_at"]))

    def earliest(self) -> datetime | None:
        """The next thing that is due, in all shards."""
        firsts = (
            next(
                iter(self.table.query("#due_shard = :shard", index=INDEX, limit=1, shard=shard)),
                None,
            )
            for shard in shards_of("due")
        )
        return min((instant(item["due_at"]) for item in firsts if item), default=None)
