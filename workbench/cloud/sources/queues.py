"""Queues that feed functions: the emulator's own poller, and when its messages come back."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks


def install(hooks: Hooks) -> None:
    """Long polls answer at once: on a clock that stands still they would never end."""
    receive = em.sqs._act_receive_message

    async def receive_now(data: dict[str, Any], queue_url: str) -> Any:
        return await receive({**data, "WaitTimeSeconds": 0}, queue_url)

    hooks.replace(em.sqs, "_act_receive_message", receive_now, anchor="abc94f693de1")
    handlers = {**em.sqs._HANDLERS, "ReceiveMessage": receive_now}
    hooks.set(em.sqs, "_HANDLERS", handlers, expecting=dict)


def poll() -> bool:
    """Dispatch what is visible now; says whether anything was."""
    worked: bool = em.lambda_svc._poll_sqs()
    return worked


def next_deadline(now: float) -> float | None:
    """When the next hidden or delayed message of a queue with a function becomes visible."""
    return min((due for due in _visible_at() if due > now), default=None)


def _visible_at() -> Iterator[float]:
    for account, region, mapping in em.lambda_svc._iter_all_esms():
        queue = _queue(account, region, mapping)
        if queue and mapping.get("Enabled", True):
            yield from (message["visible_at"] for message in list(queue["messages"]))


def _queue(account: str, region: str, mapping: dict[str, Any]) -> dict[str, Any] | None:
    arn = mapping.get("EventSourceArn", "")
    if ":sqs:" not in arn:
        return None
    with em.responses.request_scope(account, region):
        queue: dict[str, Any] | None = em.sqs._queue_by_arn(arn)
    return queue
