"""Where a batch goes that a function kept failing on: a queue, a topic or a bucket."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.clock import VirtualClock

Record = dict[str, Any]


def send_failed_batch(
    clock: VirtualClock, mapping: Record, records: list[Record], invocations: int, result: Record
) -> None:
    """Tell the mapping's on-failure destination, if it has one; a bucket gets the records too."""
    target = ((mapping.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
    if not target:
        return
    note = failure_note(clock, mapping, records, invocations, result)
    if ":s3:" in target:
        _to_bucket(clock, target, mapping, {**note, "payload": json.dumps({"Records": records})})
    elif ":sqs:" in target:
        em.eventbridge._dispatch_to_sqs(em.eventbridge.parse_arn(target), json.dumps(note))
    elif ":sns:" in target:
        em.sns._fanout(target, str(uuid.uuid4()), json.dumps(note), "", "", {})


def failure_note(
    clock: VirtualClock, mapping: Record, records: list[Record], invocations: int, result: Record
) -> Record:
    """The invocation record of a discarded batch."""
    first, last = records[0]["dynamodb"], records[-1]["dynamodb"]
    return {
        "requestContext": {
            "requestId": str(uuid.uuid4()),
            "functionArn": mapping["FunctionArn"],
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": invocations,
        },
        "responseContext": {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            "functionError": "Unhandled" if result.get("error") else None,
        },
        "version": "1.0",
        "timestamp": _iso(clock.time()),
        "DDBStreamBatchInfo": {
            "shardId": "shardId-00000000000000000000-00000000",
            "startSequenceNumber": first["SequenceNumber"],
            "endSequenceNumber": last["SequenceNumber"],
            "approximateArrivalOfFirstRecord": _iso(first["ApproximateCreationDateTime"]),
            "approximateArrivalOfLastRecord": _iso(last["ApproximateCreationDateTime"]),
            "batchSize": len(records),
            "streamArn": mapping["EventSourceArn"],
        },
    }


def _to_bucket(clock: VirtualClock, target: str, mapping: Record, note: Record) -> None:
    """As Lambda names it: by mapping, shard, day and time."""
    moment = clock.now()
    stamp = moment.strftime("%Y-%m-%dT%H.%M.%S")
    shard = note["DDBStreamBatchInfo"]["shardId"]
    key = (
        f"aws/lambda/{mapping['UUID']}/{shard}/{moment:%Y/%m/%d}/{stamp}-"
        f"{note['requestContext']['requestId']}"
    )
    bucket = target.split(":::", 1)[1].split("/", 1)[0]
    em.s3._put_object(bucket, key, json.dumps(note).encode(), {"content-type": "application/json"})


def _iso(epoch: float) -> str:
    return datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
