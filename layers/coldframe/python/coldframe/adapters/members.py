"""Who consents to a topic, walked shard by shard over the roster index."""

from collections.abc import Iterable
from dataclasses import dataclass

from coldframe.adapters.table import SHARDS, Table

INDEX = "roster"


@dataclass(frozen=True, slots=True)
class DynamoMembers:
    """A cursor is ``<shard>#<lead>``: where the walk stands."""

    table: Table

    def of(self, topic: str, *, after: str | None) -> Iterable[tuple[str, str]]:
        first, _, lead = (after or "0#").partition("#")
        for number in range(int(first), SHARDS):
            past = f"L#{lead}" if number == int(first) else "L#"
            for item in self.table.query(
                "#member_shard = :shard AND #pk > :past",
                index=INDEX,
                shard=f"{topic}#{number}",
                past=past,
            ):
                member = item["pk"].removeprefix("L#")
                yield member, f"{number}#{member}"
