"""What the Scheduler, or the sweep, asks of a function; and how long it has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from coldframe.entrypoints.observability import bug, fact
from coldframe.services.broadcasting import SendBroadcast

if TYPE_CHECKING:
    from coldframe.services.ports import Remaining


class Context(Protocol):
    def get_remaining_time_in_millis(self) -> int: ...


def read_broadcast(payload: Mapping[str, Any]) -> SendBroadcast:
    return SendBroadcast(
        broadcast=payload["broadcast"],
        scheduled_at=datetime.fromisoformat(payload["scheduled_at"]).astimezone(UTC),
        lead=payload.get("lead"),
    )


def remaining(context: Context) -> Remaining:
    return lambda: context.get_remaining_time_in_millis() / 1000


def told_of_sweep(failures: Mapping[str, Exception]) -> None:
    """What failed is due again, at the next sweep."""
    for error in failures.values():
        bug(error)
    fact("swept", Again=len(failures))
