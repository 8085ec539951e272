"""Broadcasts at their scheduled instants: where each stands, and whom it owes a mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coldframe.adapters.attributes import text
from coldframe.adapters.table import ConditionFailed, Key, Table, lead_key, shard_of

ABANDONED_AFTER = timedelta(minutes=16)
"""Longer than a function may run: whoever opened it is gone by then."""


@dataclass(frozen=True, slots=True)
class DynamoOccurrences:
    table: Table

    def open(self, broadcast: str, scheduled_at: datetime, now: datetime) -> str | None:
        key = _key(broadcast, scheduled_at)
        item = {
            "status": "open",
            "cursor": "",
            "due_shard": shard_of(key[0], "due"),
            "due_at": now + ABANDONED_AFTER,
        }
        try:
            self.table.write(self.table.put(key, item, when="attribute_not_exists(#sk)"))
        except ConditionFailed as stands:
            stored = stands.item or self.table.get(key) or {}
            return stored.get("cursor", "") if stored.get("status") == "open" else None
        return ""

    def advance(
        self, broadcast: str, scheduled_at: datetime, *, cursor: str, due_at: datetime
    ) -> None:
        """A finished one stays finished."""
        try:
            self.table.write(
                self.table.update(
                    _key(broadcast, scheduled_at),
                    "SET #cursor = :cursor, #due_at = :due_at",
                    when="#status = :open",
                    values={"open": "open", "cursor": cursor, "due_at": due_at},
                )
            )
        except ConditionFailed:
            return

    def finish(self, broadcast: str, scheduled_at: datetime) -> None:
        self.table.write(
            self.table.update(
                _key(broadcast, scheduled_at),
                "SET #status = :done REMOVE #due_shard, #due_at",
                values={"done": "done"},
            )
        )

    def defer(self, broadcast: str, scheduled_at: datetime, lead: str, until: datetime) -> None:
        key = _recipient(broadcast, scheduled_at, lead)
        item = {"due_shard": shard_of(key[0], "due"), "due_at": until}
        self.table.write(self.table.put(key, item))

    def settle(self, broadcast: str, scheduled_at: datetime, lead: str) -> None:
        self.table.write(self.table.delete(_recipient(broadcast, scheduled_at, lead)))


def _key(broadcast: str, scheduled_at: datetime) -> Key:
    return f"B#{broadcast}", text(scheduled_at)


def _recipient(broadcast: str, scheduled_at: datetime, lead: str) -> Key:
    return lead_key(lead, f"W#{broadcast}#{text(scheduled_at)}")
