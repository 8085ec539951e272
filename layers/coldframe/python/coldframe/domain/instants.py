"""Instants: always aware, always UTC; text that sorts in items, whole seconds in payloads."""

from datetime import UTC, datetime, timedelta


def whole_seconds(at: datetime) -> datetime:
    """Rounded up, so that who waits until then never comes early."""
    at = at.astimezone(UTC)
    return at if at.microsecond == 0 else at.replace(microsecond=0) + timedelta(seconds=1)


def text_of(at: datetime) -> str:
    """``2026-11-21T09:00:00.000Z``: sorts as the instants do."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def milliseconds(at: datetime) -> datetime:
    """In UTC and as precise as it is stored: what is read back is what was written."""
    at = at.astimezone(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
