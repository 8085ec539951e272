"""SQS batches of SES events: each message is told done or failed on its own."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from pydantic import ValidationError

from coldframe.domain.email_event import EmailEvent
from coldframe.entrypoints.observability import bug, fact
from coldframe.entrypoints.ses import SesRecord

Failures = dict[str, list[dict[str, str]]]
Recording = Callable[[Sequence[EmailEvent]], Mapping[str, Exception]]


def read_event(body: str) -> EmailEvent | None:
    """SNS delivers raw, or in its own envelope."""
    content = json.loads(body)
    if "Message" in content and "TopicArn" in content:
        content = json.loads(content["Message"])
    return SesRecord.model_validate(content).event()


def email_events_endpoint(recording: Recording) -> Callable[[Any, Any], Failures]:
    """What can't be read or recorded is delivered again, and in the end kept aside by the queue."""

    @wraps(recording)
    def reading(event: Mapping[str, Any], _context: object) -> Failures:
        events: dict[str, EmailEvent] = {}
        carriers: dict[str, list[str]] = defaultdict(list)
        failed: list[str] = []
        for record in event["Records"]:
            try:
                told = read_event(record["body"])
            except (ValueError, TypeError, ValidationError) as error:
                bug(error, queue_message=record["messageId"])
                failed.append(record["messageId"])
                continue
            if told is not None:
                events[told.id] = told
                carriers[told.id].append(record["messageId"])
        failed += _record(recording, events, carriers)
        fact("email events", read=len(event["Records"]), ours=len(events), failed=len(failed))
        return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}

    return reading


def _record(
    recording: Recording, events: Mapping[str, EmailEvent], carriers: Mapping[str, list[str]]
) -> list[str]:
    failures = recording(list(events.values()))
    for error in failures.values():
        bug(error)
    return [number for event in failures for number in carriers[event]]
