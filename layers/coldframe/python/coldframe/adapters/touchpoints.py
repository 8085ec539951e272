"""Touchpoints in the lead's collection: appended once, never changed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from coldframe.adapters.attributes import Item, instant
from coldframe.adapters.table import (
    Action,
    ConditionFailed,
    Table,
    TransactionFailed,
    lead_key,
    shard_of,
)
from coldframe.domain.touchpoint import Touchpoint

PREFIX = "T#"
SUSPECT = "Q#"
"""Quarantined ones: no reader of the stream sees them."""
QUARANTINE = "quarantine"
"""Where they are listed in the roster index; no topic is called so."""


def touchpoint_of(item: Item) -> Touchpoint:
    return Touchpoint(
        lead=item["pk"].removeprefix("L#"),
        id=item["sk"].removeprefix(PREFIX),
        kind=item["kind"],
        occurred_at=instant(item["occurred_at"]),
        received_at=instant(item["received_at"]),
        source=item["source"],
        data=item.get("data", {}),
        depth=item.get("depth", 0),
        origin=item.get("origin", ""),
        history=item.get("history", False),
    )


def item_of(touchpoint: Touchpoint) -> Item:
    return {
        "kind": touchpoint.kind,
        "occurred_at": touchpoint.occurred_at,
        "received_at": touchpoint.received_at,
        "source": touchpoint.source,
        "data": touchpoint.data,
        "depth": touchpoint.depth,
        **({"origin": touchpoint.origin} if touchpoint.origin else {}),
        **({"history": True} if touchpoint.history else {}),
    }


def putting(table: Table, touchpoint: Touchpoint, *, when: str = "") -> Action:
    key = lead_key(touchpoint.lead, PREFIX + touchpoint.id)
    return table.put(key, item_of(touchpoint), when=when)


NEW = "attribute_not_exists(#sk)"


@dataclass(frozen=True, slots=True)
class DynamoTouchpoints:
    table: Table

    def append(self, touchpoint: Touchpoint) -> bool:
        return self._put(putting(self.table, touchpoint, when=NEW))

    def quarantine(self, touchpoint: Touchpoint, *, until: datetime) -> bool:
        return self._put(self._quarantining(touchpoint, until))

    def put_aside(self, touchpoint: Touchpoint, suspect: Touchpoint, *, until: datetime) -> None:
        gone = self.table.delete(
            lead_key(touchpoint.lead, PREFIX + touchpoint.id),
            when="#received_at = :received",
            values={"received": touchpoint.received_at},
        )
        with suppress(TransactionFailed):
            self.table.transact([self._quarantining(suspect, until), gone])

    def _quarantining(self, suspect: Touchpoint, until: datetime) -> Action:
        key = lead_key(suspect.lead, SUSPECT + suspect.id)
        listed = {
            "member_shard": shard_of(key[0], QUARANTINE),
            "expires_at": int(until.timestamp()),
        }
        return self.table.put(key, {**item_of(suspect), **listed}, when=NEW)

    def _put(self, put: Action) -> bool:
        try:
            self.table.write(put)
        except ConditionFailed:
            return False
        return True

    def get(self, lead: str, touchpoint: str) -> Touchpoint | None:
        item = self.table.get(lead_key(lead, PREFIX + touchpoint))
        return touchpoint_of(item) if item else None

    def since(self, lead: str, at: datetime) -> Sequence[Touchpoint]:
        rows = self.table.query(
            "#pk = :pk AND #sk BETWEEN :first AND :last",
            pk=f"L#{lead}",
            first=f"{PREFIX}{at.astimezone(UTC):%Y-%m-%d}",
            last=f"{PREFIX}~",
        )
        return [touchpoint_of(item) for item in rows]

    def scrub(self, touchpoint: Touchpoint, fields: Sequence[str]) -> None:
        key = lead_key(touchpoint.lead, PREFIX + touchpoint.id)
        names = {f"#f{number}": name for number, name in enumerate(fields)}
        gone = ", ".join(f"#data.#fields.{name}" for name in names)
        with suppress(ConditionFailed):
            self.table.write(
                self.table.update(key, f"REMOVE {gone}", when="attribute_exists(#sk)", names=names)
            )

    def forget_referrer(self, lead: str, touchpoint: str) -> None:
        key = lead_key(lead, PREFIX + touchpoint)
        with suppress(ConditionFailed):
            gone = self.table.update(key, "REMOVE #data.#referrer", when="attribute_exists(#sk)")
            self.table.write(gone)

    def forget(self, touchpoint: Touchpoint) -> None:
        key = lead_key(touchpoint.lead, PREFIX + touchpoint.id)
        told = {"received": touchpoint.received_at}
        with suppress(ConditionFailed):
            self.table.write(self.table.delete(key, when="#received_at = :received", values=told))

    def park(self, touchpoint: Touchpoint, error: str) -> None:
        self.table.write(
            self.table.put(
                lead_key(touchpoint.lead, f"X#{touchpoint.id}"),
                {"error": error, "at": touchpoint.received_at},
            )
        )
