"""When a schedule fires next: at(), rate() and cron(), in its own time zone."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from workbench.cloud import emulated as em

Schedule = dict[str, Any]
AT = re.compile(r"^\s*at\((?P<when>.+)\)\s*$")
MOST_SKIPPED = 4


def next_firing(schedule: Schedule, last: float | None) -> float | None:
    """The first firing after `last` (None: it never fired), within the schedule's own bounds."""
    due = _unbounded(schedule, last)
    end = _epoch(schedule.get("EndDate"))
    return None if due is None or (end is not None and due > end) else due


def is_one_time(schedule: Schedule) -> bool:
    return AT.match(schedule["ScheduleExpression"]) is not None


def _unbounded(schedule: Schedule, last: float | None) -> float | None:
    expression = schedule["ScheduleExpression"]
    zone = ZoneInfo(schedule.get("ScheduleExpressionTimezone") or "UTC")
    if one_time := AT.match(expression):
        when = datetime.fromisoformat(one_time["when"].strip()).replace(tzinfo=zone)
        return when.timestamp() if last is None else None
    begin = max(_epoch(schedule.get("StartDate")) or 0.0, schedule["CreationDate"])
    every = em.eventbridge._parse_rate_seconds(expression)
    if every is not None:
        return (begin if last is None else last) + float(every)
    fields = em.eventbridge._parse_cron_fields(expression)
    return None if fields is None else _next_cron(fields, last or begin, zone)


def _next_cron(fields: Any, after: float, zone: ZoneInfo) -> float | None:
    """Walk the zone's wall clock; a time that daylight saving skips is skipped."""
    wall = datetime.fromtimestamp(after, zone).replace(tzinfo=UTC)
    for _ in range(MOST_SKIPPED):
        found: datetime | None = em.eventbridge._cron_next_fire(fields, wall)
        if found is None:
            return None
        due = found.replace(tzinfo=zone)
        exists = due.astimezone(UTC).astimezone(zone).replace(tzinfo=UTC) == found
        if exists and due.timestamp() > after:
            return due.timestamp()
        wall = found
    return None


def _epoch(value: Any) -> float | None:
    epoch: float | None = em.scheduler._to_epoch(value)
    return epoch


def minute_of(epoch: float) -> datetime:
    """The scheduled time as Scheduler writes it: UTC, whole seconds."""
    moment = datetime.fromtimestamp(epoch, UTC)
    return moment - timedelta(microseconds=moment.microsecond)
