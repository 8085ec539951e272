"""Calendar days in the lead's zone, and when a comparison with a number of them changes."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from coldframe.domain.conditions.instants import DAY, from_ms, sooner, to_ms

_LAST_DAY: Final = date.max.toordinal() - 1
"""So that its midnight is an instant in every zone."""


def local_day(ms: int, zone: tzinfo) -> int:
    """The number of the day that this instant lies in."""
    at = from_ms(ms)
    if at is None:
        return _LAST_DAY
    try:
        return at.astimezone(zone).toordinal()
    except OverflowError:
        return at.toordinal()


def days_change(symbol: str, start: int, number: float, *, now: int, zone: tzinfo) -> int | None:
    """The first instant after ``now`` at which the days since ``start`` compare otherwise."""
    changes: int | None = None
    for day in _days_that_matter(symbol, start, number):
        changes = sooner(changes, _crossing(day, now=now, zone=zone))
    return changes


def _days_that_matter(symbol: str, start: int, number: float) -> tuple[int, ...]:
    """The days on which the answer changes."""
    if abs(number) > _LAST_DAY:
        return ()
    if symbol in {">=", "<"}:
        return (start + math.ceil(number),)
    after = start + math.floor(number) + 1
    if symbol in {">", "<="}:
        return (after,)
    return (after - 1, after) if number == math.floor(number) else ()


def _crossing(day: int, *, now: int, zone: tzinfo) -> int | None:
    """The first instant after ``now`` that lies on the other side of the day's beginning."""
    if not 1 < day < _LAST_DAY:
        return None
    early, late = _midnights(date.fromordinal(day), zone)

    def begun(ms: int) -> bool:
        return local_day(ms, zone) >= day

    if begun(now):
        turned_back = late > early and late - 1 > now and not begun(late - 1)
        return _first(lambda ms: not begun(ms), after=now, until=late - 1) if turned_back else None
    if early > now and begun(early) and not begun(early - 1):
        return early
    return _first(begun, after=max(now, early - DAY), until=max(late, now + 1))


def _midnights(day: date, zone: tzinfo) -> tuple[int, int]:
    """Both readings of a midnight that the clocks skip or repeat; else the same one twice."""
    midnights = [
        to_ms(datetime(day.year, day.month, day.day, fold=fold, tzinfo=zone).astimezone(UTC))
        for fold in (0, 1)
    ]
    return min(midnights), max(midnights)


def _first(holds: Callable[[int], bool], *, after: int, until: int) -> int:
    """``holds`` turns from false to true once between the two."""
    no, yes = after, until
    while yes - no > 1:
        middle = (no + yes) // 2
        no, yes = (no, middle) if holds(middle) else (middle, yes)
    return yes
