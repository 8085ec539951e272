"""Instants and durations as whole milliseconds, the finest that is stored."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)

SECOND: Final = 1000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY
UNITS: Final = {"minute": MINUTE, "hour": HOUR, "day": DAY, "week": WEEK}

_DURATION = re.compile(r"(\d{1,9}) ?([a-z]+)")


def to_ms(at: datetime) -> int:
    """Rounded down."""
    return (at - _EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime | None:
    """None where the calendar of computers ends."""
    try:
        return _EPOCH + timedelta(milliseconds=ms)
    except OverflowError:
        return None


LAST: Final = to_ms(datetime.max.replace(tzinfo=UTC))
"""The last instant there is."""


def sooner(one: int | None, other: int | None) -> int | None:
    """The earlier of two instants; None stands for never."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def duration_ms(text: str) -> int | None:
    """``30 days``, ``1 week``, ``90 minutes``; None if it is no duration."""
    found = _DURATION.fullmatch(text.strip().lower())
    unit = UNITS.get(found[2].removesuffix("s")) if found else None
    return int(found[1]) * unit if found and unit else None
