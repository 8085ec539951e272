"""What is counted in the transaction of a profile: posts in a window, new leads by the hour."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zlib import crc32

from coldframe.adapters.attributes import Item, text
from coldframe.adapters.table import Action, Key, Table
from coldframe.domain.counting import Counting
from coldframe.domain.surge import LEARNED_FROM
from coldframe.domain.velocity import WINDOW, Pace

SHARDS: Final = 4
"""Each lead is counted in one: a surge shouldn't queue for one item."""
PACES, NEWCOMERS = "V#", "N#"
PACE_KEPT: Final = timedelta(hours=26)
"""Longer than the stream keeps a record: who has a place is known again."""
COUNT_KEPT: Final = LEARNED_FROM + timedelta(days=2)


def counts(table: Table, lead: str, counting: Counting) -> Iterator[Action]:
    """One for each pace, in their order; then the newcomer's."""
    yield from (_place(table, pace) for pace in counting.paces)
    if counting.newcomer_at is not None:
        yield _newcomer(table, lead, counting.newcomer_at)


def _place(table: Table, pace: Pace) -> Action:
    return table.update(
        (PACES + pace.of, text(pace.window)),
        "ADD #posts :posts SET #expires_at = :expires",
        when="attribute_not_exists(#posts) OR contains(#posts, :post) OR size(#posts) < :most",
        values={
            "posts": frozenset({pace.post}),
            "post": pace.post,
            "most": pace.most,
            "expires": int((pace.window + WINDOW + PACE_KEPT).timestamp()),
        },
    )


def _newcomer(table: Table, lead: str, at: datetime) -> Action:
    return table.update(
        _day(crc32(lead.encode()) % SHARDS, at),
        "ADD #hour :one SET #expires_at = :expires",
        names={"#hour": _hour(at)},
        values={"one": 1, "expires": int((at + COUNT_KEPT).timestamp())},
    )


@dataclass(frozen=True, slots=True)
class DynamoNewcomers:
    table: Table

    def in_hour(self, hour: datetime) -> int:
        days = self.table.get_all([_day(shard, hour) for shard in range(SHARDS)])
        return sum(day.get(_hour(hour), 0) for day in days.values())

    def by_hour(self, since: datetime) -> Mapping[datetime, int]:
        found: dict[datetime, int] = {}
        for item in self._days(since):
            day = datetime.fromisoformat(item["sk"]).replace(tzinfo=UTC)
            for name, leads in item.items():
                if name.startswith("h"):
                    at = day + timedelta(hours=int(name[1:]))
                    found[at] = found.get(at, 0) + leads
        return {at: found[at] for at in sorted(found) if at >= since}

    def _days(self, since: datetime) -> Iterator[Item]:
        first = since.astimezone(UTC).date().isoformat()
        for shard in range(SHARDS):
            yield from self.table.query(
                "#pk = :pk AND #sk >= :first", pk=f"{NEWCOMERS}{shard}", first=first
            )


def _day(shard: int, at: datetime) -> Key:
    return f"{NEWCOMERS}{shard}", at.astimezone(UTC).date().isoformat()


def _hour(at: datetime) -> str:
    return f"h{at.astimezone(UTC):%H}"
