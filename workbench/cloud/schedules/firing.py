"""Fires Scheduler's schedules exactly at their instants on the virtual clock."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from botocore import xform_name

from workbench.cloud import emulated as em
from workbench.cloud.clock import VirtualClock
from workbench.cloud.schedules.expressions import Schedule, is_one_time, minute_of, next_firing
from workbench.cloud.stdlib import VirtualStdlib

Key = tuple[str, str, str]
UNIVERSAL = "arn:aws:scheduler:::aws-sdk:"
SERVICES = {"sfn": "stepfunctions", "eventbridge": "events"}
RETRY_SECONDS = 60.0
RETRIES = 3
"""Scheduler's default is 185 tries in a day; more than a few only make a failing test slow."""

ClientFor = Callable[[str, str, str], Any]


class Schedules:
    """Every schedule's next instant, and what happens then."""

    def __init__(self, clock: VirtualClock, stdlib: VirtualStdlib, client: ClientFor) -> None:
        self._clock = clock
        self._thread = stdlib.thread
        self._client = client
        self._fired: dict[Key, tuple[str, float]] = {}

    def next_deadline(self, but: str = "") -> float | None:
        """``but``: schedules with this in their name are passed over."""
        dues = (due for _, schedule, due in self._due() if not but or but not in schedule["Name"])
        return min(dues, default=None)

    def fire(self) -> None:
        """Start everything whose instant has come."""
        for key, schedule, due in list(self._due()):
            if due <= self._clock.time():
                self._fired[key] = (_identity(schedule), due)
                name = f"schedule {schedule['Name']}"
                self._thread(target=self._deliver, name=name, args=(key, schedule, due)).start()
                if is_one_time(schedule) and schedule.get("ActionAfterCompletion") == "DELETE":
                    em.scheduler._schedules._data.pop(key, None)

    def _due(self) -> Iterator[tuple[Key, Schedule, float]]:
        for key, schedule in list(em.scheduler._schedules._data.items()):
            if schedule.get("State") == "ENABLED":
                due = next_firing(schedule, self._last(key, schedule))
                if due is not None:
                    yield key, schedule, due

    def _last(self, key: Key, schedule: Schedule) -> float | None:
        """When it fired last; a changed expression has never fired."""
        identity, last = self._fired.get(key, ("", 0.0))
        return last if identity == _identity(schedule) else None

    def _deliver(self, key: Key, schedule: Schedule, due: float) -> None:
        target = schedule["Target"]
        attempts = 1 + min(
            target.get("RetryPolicy", {}).get("MaximumRetryAttempts", RETRIES), RETRIES
        )
        for attempt in range(1, attempts + 1):
            try:
                self._call(key, schedule, self._input(key, schedule, due, attempt))
            except Exception as problem:  # noqa: BLE001  # whatever the target says is retried
                failure = problem
            else:
                return
            if attempt < attempts:
                self._clock.sleep(RETRY_SECONDS * 2 ** (attempt - 1))
        self._give_up(key, target, self._input(key, schedule, due, attempts), failure)

    def _input(self, key: Key, schedule: Schedule, due: float, attempt: int) -> str:
        text: str = schedule["Target"].get("Input") or json.dumps(_event(key, schedule, due))
        for name, value in {
            "scheduled-time": f"{minute_of(due):%Y-%m-%dT%H:%M:%SZ}",
            "schedule-arn": schedule["Arn"],
            "execution-id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{schedule['Arn']}@{due}")),
            "attempt-number": str(attempt),
        }.items():
            text = text.replace(f"<aws.scheduler.{name}>", value)
        return text

    def _call(self, key: Key, schedule: Schedule, payload: str) -> None:
        """Call the target as the schedule's role does."""
        target = schedule["Target"]
        service, operation, arguments = call_for(target, payload)
        client = self._client(service, key[1], target["RoleArn"])
        shape = client.meta.service_model.operation_model(operation).input_shape
        known = {name.lower(): name for name in shape.members}
        named = {known.get(name.lower(), name): value for name, value in arguments.items()}
        getattr(client, xform_name(operation))(**named)

    def _give_up(self, key: Key, target: Schedule, payload: str, failure: Exception) -> None:
        queue = (target.get("DeadLetterConfig") or {}).get("Arn")
        if queue:
            with em.responses.request_scope(key[0], key[1]):
                em.eventbridge._dispatch_to_sqs(em.eventbridge.parse_arn(queue), payload)
        else:
            em.scheduler.logger.error("schedule target %s failed: %s", target["Arn"], failure)


def call_for(target: Schedule, payload: str) -> tuple[str, str, dict[str, Any]]:
    """The service, operation and arguments that a target stands for."""
    arn = target["Arn"]
    if arn.startswith(UNIVERSAL):
        service, operation = arn.removeprefix(UNIVERSAL).split(":")
        return SERVICES.get(service, service), _upper(operation), json.loads(payload)
    service = arn.split(":")[2]
    match service:
        case "lambda":
            how = {"FunctionName": arn, "InvocationType": "Event", "Payload": payload.encode()}
            return service, "Invoke", how
        case "states":
            return "stepfunctions", "StartExecution", {"stateMachineArn": arn, "input": payload}
        case "sqs":
            group = target.get("SqsParameters") or {}
            _, _, _, _, account, queue = arn.split(":")
            url = f"http://localhost/{account}/{queue}"
            return service, "SendMessage", {"QueueUrl": url, "MessageBody": payload, **group}
        case "sns":
            return service, "Publish", {"TopicArn": arn, "Message": payload}
        case "events":
            kind = target.get("EventBridgeParameters") or {}
            entry = {**kind, "Detail": payload, "EventBusName": arn}
            return service, "PutEvents", {"Entries": [entry]}
    raise ValueError(f"no schedule target of {service} is emulated")


def _event(key: Key, schedule: Schedule, due: float) -> dict[str, Any]:
    """What a target without Input is given; its detail is a string, as on AWS."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": key[0],
        "time": f"{minute_of(due):%Y-%m-%dT%H:%M:%SZ}",
        "region": key[1],
        "resources": [schedule["Arn"]],
        "detail": "{}",
    }


def _identity(schedule: Schedule) -> str:
    return json.dumps(
        [
            schedule.get(name)
            for name in (
                "ScheduleExpression",
                "ScheduleExpressionTimezone",
                "StartDate",
                "CreationDate",
            )
        ],
        default=str,
    )


def _upper(name: str) -> str:
    return name[0].upper() + name[1:]
