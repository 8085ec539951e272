"""Counts DynamoDB's request units, from the emulator's own capacity figures and item sizes."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import json
import math
import threading
from http import HTTPStatus
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.gate import OWN_CALLS
from workbench.cloud.hooks import Hooks

Record = dict[str, Any]
READ_BYTES = 4096
WRITES = {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"}
REFUSED = {"ConditionalCheckFailedException": 1.0, "TransactionCanceledException": 2.0}
"""What a failed condition costs per item, for items up to one kilobyte."""


class RequestUnits:
    """Stands around the emulator's DynamoDB."""

    def __init__(self) -> None:
        self._adding = threading.Lock()
        self.written = 0.0
        self.read = 0.0

    def install(self, hooks: Hooks) -> None:
        self._original = hooks.replace(
            em.dynamodb, "handle_request", self.handle, anchor="1201f2ac993c"
        )

    async def handle(
        self, method: str, path: str, headers: dict[str, str], body: bytes, query: Record
    ) -> Any:
        operation = headers.get("x-amz-target", "").rpartition(".")[2]
        if OWN_CALLS in headers.get("user-agent", "") or operation not in {*WRITES, *READS}:
            return await self._original(method, path, headers, body, query)
        asked = json.loads(body)
        wanted = "ReturnConsumedCapacity" in asked
        if operation in WRITES and not wanted:
            body = json.dumps({**asked, "ReturnConsumedCapacity": "TOTAL"}).encode()
        status, extra, answer = await self._original(method, path, headers, body, query)
        told = json.loads(answer)
        self._count(operation, asked, status, told)
        if operation in WRITES and not wanted and told.pop("ConsumedCapacity", None) is not None:
            answer = json.dumps(told).encode()
            extra = {name: value for name, value in extra.items() if name != "x-amz-crc32"}
        return status, extra, answer

    def _count(self, operation: str, asked: Record, status: int, told: Record) -> None:
        with self._adding:
            if operation in READS:
                self.read += READS[operation](asked, told) if status == HTTPStatus.OK else 0.0
            elif status == HTTPStatus.OK:
                self.written += _consumed(told.get("ConsumedCapacity") or [])
            else:
                kind = str(told.get("__type", "")).rpartition("#")[2]
                self.written += REFUSED.get(kind, 0.0) * len(asked.get("TransactItems", [None]))


def _consumed(capacity: Any) -> float:
    entries = capacity if isinstance(capacity, list) else [capacity]
    return sum(float(entry["CapacityUnits"]) for entry in entries)


def _units(size: float, rate: float) -> float:
    return max(1, math.ceil(size / READ_BYTES)) * rate


def _rate(asked: Record) -> float:
    return 1.0 if asked.get("ConsistentRead") else 0.5


def _size(item: Record | None) -> int:
    size: int = em.dynamodb._item_size_bytes(item) if item else 0
    return size


def _whole(table: str, key: Record) -> Record | None:
    """The stored item, whatever was projected out of it."""
    item: Record | None = em.dynamodb._get_item_by_key(em.dynamodb._tables.get(table), key)
    return item


def _get(asked: Record, _told: Record) -> float:
    return _units(_size(_whole(asked["TableName"], asked["Key"])), _rate(asked))


def _walk(asked: Record, told: Record) -> float:
    """A Query or Scan: what it looked at, estimated from what it returned of it."""
    items = told.get("Items") or []
    looked_at = told.get("ScannedCount", len(items)) / max(1, len(items))
    return _units(sum(map(_size, items)) * max(1.0, looked_at), _rate(asked))


def _batch_get(asked: Record, _told: Record) -> float:
    return sum(
        _units(_size(_whole(table, key)), _rate(wanted))
        for table, wanted in asked["RequestItems"].items()
        for key in wanted["Keys"]
    )


def _transact_get(asked: Record, _told: Record) -> float:
    gets = [item["Get"] for item in asked["TransactItems"]]
    return sum(_units(_size(_whole(get["TableName"], get["Key"])), 2.0) for get in gets)


READS = {
    "GetItem": _get,
    "Query": _walk,
    "Scan": _walk,
    "BatchGetItem": _batch_get,
    "TransactGetItems": _transact_get,
}
