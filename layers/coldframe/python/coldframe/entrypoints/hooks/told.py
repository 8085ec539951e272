"""A webhook's JSON, read warily: what isn't of the right kind is empty."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

Told: TypeAlias = Mapping[str, Any]


def at(told: Told, *path: str) -> dict[str, Any]:
    """What lies there, if it is an object; else an empty one."""
    held: Any = told
    for name in path:
        held = held.get(name) if isinstance(held, dict) else None
    return held if isinstance(held, dict) else {}


def text(value: object) -> str:
    return value if isinstance(value, str) else ""


def epoch(value: object) -> datetime | None:
    """Seconds or milliseconds since 1970."""
    if not isinstance(value, int) or not 0 < value < 10**14:
        return None
    return datetime.fromtimestamp(value / 1000 if value > 10**11 else value, UTC)


def iso(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(text(value))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
