"""DynamoDB streams that feed functions: filters, retries, bisection, partial batches."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.clock import VirtualClock
from workbench.cloud.sources.destinations import send_failed_batch
from workbench.cloud.stdlib import VirtualStdlib

Record = dict[str, Any]
FIRST_BACKOFF, LONGEST_BACKOFF = 1.0, 60.0


@dataclass
class Cursor:
    """How far one mapping has come, and what it is waiting for."""

    position: int
    end_of_batch: int | None = None
    attempts: int = 0
    not_before: float = 0.0
    running: bool = False

    def advance(self, position: int) -> None:
        """Everything before `position` is done with."""
        if position > self.position:
            self.position, self.attempts, self.not_before = position, 0, 0.0
        if self.end_of_batch is not None and self.position >= self.end_of_batch:
            self.end_of_batch = None


@dataclass(frozen=True)
class Batch:
    """Records that passed the filter, with their places in the stream."""

    records: list[Record]
    places: list[int]
    start: int
    end: int


class Streams:
    """Serves each mapping in order, one batch at a time, as Lambda does per shard."""

    def __init__(self, clock: VirtualClock, stdlib: VirtualStdlib) -> None:
        self._clock = clock
        self._thread = stdlib.thread
        self._cursors: dict[str, Cursor] = {}
        self._lock = threading.Lock()

    def poll(self) -> bool:
        """Start what can be started; says whether anything moved."""
        moved = [self._serve(*mapping) for mapping in em.lambda_svc._iter_all_esms()]
        return any(moved)

    def next_deadline(self, now: float) -> float | None:
        with self._lock:
            waits = [cursor.not_before for cursor in self._cursors.values()]
        return min((due for due in waits if due > now), default=None)

    def _serve(self, account: str, region: str, mapping: Record) -> bool:
        arn = mapping.get("EventSourceArn", "")
        if ":dynamodb:" not in arn or not mapping.get("Enabled", True):
            return False
        with em.responses.request_scope(account, region):
            table = arn.split("/stream/")[0].rsplit("/", 1)[1]
            described = em.dynamodb._tables.get(table)
            if not described or described.get("LatestStreamArn") != arn:
                return False
            cursor = self._cursor(mapping, table)
            if cursor.running or cursor.not_before > self._clock.time():
                return False
            batch = self._next_batch(mapping, table, cursor)
            if batch is None:
                return False
            if not batch.records:
                cursor.advance(batch.end)
                return True
            cursor.running = True
            name = f"stream of {table} to {mapping['FunctionName']}"
            self._thread(target=self._deliver, name=name, args=(mapping, cursor, batch)).start()
            return True

    def _cursor(self, mapping: Record, table: str) -> Cursor:
        """The mapping's place; the emulator noted where it began when it was created."""
        key = mapping["UUID"]
        with self._lock:
            if key not in self._cursors:
                begun = em.lambda_svc._dynamodb_stream_positions.get(key)
                if begun is None:
                    begun = em.dynamodb.stream_start_position(table)
                self._cursors[key] = Cursor(begun)
            return self._cursors[key]

    def _next_batch(self, mapping: Record, table: str, cursor: Cursor) -> Batch | None:
        start = max(cursor.position, em.dynamodb.stream_start_position(table))
        count = mapping.get("BatchSize", 100)
        if cursor.end_of_batch is not None:
            count = min(count, cursor.end_of_batch - start)
        found = em.dynamodb.stream_records_since(table, start, count)
        if not found:
            return None
        places = {id(record): start + index for index, record in enumerate(found)}
        records = em.lambda_svc._apply_filter_criteria(found, mapping)
        return Batch(records, [places[id(record)] for record in records], start, start + len(found))

    def _deliver(self, mapping: Record, cursor: Cursor, batch: Batch) -> None:
        try:
            name, qualifier = mapping["FunctionName"], mapping.get("Qualifier")
            function, _ = em.lambda_svc._get_func_record_for_qualifier(name, qualifier)
            result = em.lambda_svc._execute_function(function, {"Records": batch.records})
            self._conclude(mapping, cursor, batch, result)
        finally:
            cursor.running = False
            em.concurrency.esm_wake.set()

    def _conclude(self, mapping: Record, cursor: Cursor, batch: Batch, result: Record) -> None:
        failed_from = first_failure(mapping, batch, result)
        if failed_from is None:
            cursor.advance(batch.end)
            return
        partial = failed_from > batch.start
        cursor.advance(failed_from)
        left = [place for place in batch.places if place >= failed_from]
        if mapping.get("BisectBatchOnFunctionError") and len(left) > 1 and not partial:
            cursor.end_of_batch = left[len(left) // 2]
            return
        if self._exhausted(mapping, cursor, batch):
            records = [r for r, p in zip(batch.records, batch.places, strict=True) if p in left]
            send_failed_batch(self._clock, mapping, records, cursor.attempts + 1, result)
            cursor.advance(batch.end)
            return
        cursor.attempts += 1
        backoff = min(FIRST_BACKOFF * 2 ** (cursor.attempts - 1), LONGEST_BACKOFF)
        cursor.not_before = self._clock.time() + backoff

    def _exhausted(self, mapping: Record, cursor: Cursor, batch: Batch) -> bool:
        retries = mapping.get("MaximumRetryAttempts", -1)
        oldest = batch.records[0]["dynamodb"].get("ApproximateCreationDateTime", 0)
        age_limit = mapping.get("MaximumRecordAgeInSeconds", -1)
        too_old = age_limit and age_limit > 0 and self._clock.time() - oldest > age_limit
        return bool(too_old) or 0 <= (-1 if retries is None else retries) <= cursor.attempts


def first_failure(mapping: Record, batch: Batch, result: Record) -> int | None:
    """The place in the stream to go back to, or None when all went well."""
    if result.get("error"):
        return batch.start
    body = result.get("body")
    if "ReportBatchItemFailures" not in (mapping.get("FunctionResponseTypes") or []) or not body:
        return None
    failures = body.get("batchItemFailures") if isinstance(body, dict) else None
    if not failures:
        return None if isinstance(body, dict) else batch.start
    numbers = {
        record["dynamodb"]["SequenceNumber"]: place
        for record, place in zip(batch.records, batch.places, strict=True)
    }
    places = [numbers.get(failure.get("itemIdentifier")) for failure in failures]
    return min((batch.start if place is None else place) for place in places)
