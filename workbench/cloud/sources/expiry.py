"""Deletes DynamoDB items whose time to live is over, now and then, as the clock moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from workbench.cloud import emulated as em
from workbench.cloud.clock import VirtualClock

EVERY_SECONDS = 3600.0
BY_SERVICE = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
Record = dict[str, Any]


class Expiry:
    """AWS promises deletion within days; here it comes within an hour of moved time."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._swept = clock.time()

    def sweep(self) -> None:
        """Delete what has expired, if the clock has moved far enough since the last time."""
        if self._clock.time() - self._swept < EVERY_SECONDS:
            return
        self._swept = self._clock.time()
        for (account, region, name), setting in list(em.dynamodb._ttl_settings.all_items()):
            if setting.get("TimeToLiveStatus") == "ENABLED":
                with em.responses.request_scope(account, region), em.dynamodb._lock:
                    self._expire(name, setting["AttributeName"])

    def _expire(self, name: str, attribute: str) -> None:
        table = em.dynamodb._tables.get(name)
        for key, sort_key, item in list(_items(table)):
            until = (item.get(attribute) or {}).get("N")
            if until is not None and float(until) <= self._clock.time():
                em.dynamodb._remove_item(table, key, sort_key)
                em.dynamodb._emit_stream_event(name, "REMOVE", item, None)
                _mark_as_expired(name, item)


def _items(table: Record | None) -> Iterator[tuple[str, str, Record]]:
    for key, items in (table or {"items": {}})["items"].items():
        for sort_key, item in items.items():
            yield key, sort_key, item


def _mark_as_expired(name: str, item: Record) -> None:
    """Say in the stream that the service deleted the item, not a caller."""
    records = em.dynamodb._stream_records.get(name) or []
    if records and records[-1]["dynamodb"].get("OldImage") == item:
        records[-1]["userIdentity"] = BY_SERVICE
