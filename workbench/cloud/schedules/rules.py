"""Fires EventBridge's scheduled rules, the older kind of schedule, on the virtual clock."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from workbench.cloud import emulated as em
from workbench.cloud.clock import VirtualClock
from workbench.cloud.schedules.expressions import next_firing

Key = tuple[str, str, str]
Rule = dict[str, Any]


class ScheduledRules:
    """Rules with a rate or a cron expression, which are always in UTC."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._fired: dict[Key, float] = {}

    def next_deadline(self) -> float | None:
        return min((due for _, _, due in self._due()), default=None)

    def fire(self) -> None:
        for key, rule, due in list(self._due()):
            if due <= self._clock.time():
                self._fired[key] = due
                with em.responses.request_scope(key[0], key[1]):
                    self._tell(key, rule, due)

    def _due(self) -> Iterator[tuple[Key, Rule, float]]:
        for key, rule in list(em.eventbridge._rules._data.items()):
            expression = rule.get("ScheduleExpression")
            if expression and rule.get("State") == "ENABLED":
                created = float(rule.get("CreationTime") or 0.0)
                schedule = {"ScheduleExpression": expression, "CreationDate": created}
                due = next_firing(schedule, self._fired.get(key))
                if due is not None:
                    yield key, rule, due

    def _tell(self, key: Key, rule: Rule, due: float) -> None:
        event = {
            "EventId": str(uuid.uuid4()),
            "Source": "aws.events",
            "DetailType": "Scheduled Event",
            "Detail": "{}",
            "EventBusName": rule.get("EventBusName", "default"),
            "Time": due,
            "Resources": [rule["Arn"]],
            "Account": key[0],
            "Region": key[1],
        }
        for target in em.eventbridge._targets._data.get(key, []):
            em.eventbridge._invoke_target(target, event, rule)
