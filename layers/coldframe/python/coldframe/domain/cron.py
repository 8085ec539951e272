"""When a schedule of EventBridge Scheduler fires: ``cron(minute hour day month weekday year)``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import Final

from coldframe.domain.local_time import DAY, at_wall, local_date

MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
WEEKDAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
NAMES: Final = {name: at for names in (MONTHS, WEEKDAYS) for at, name in enumerate(names, 1)}
"""Weekdays count from Sunday, 1."""
_PART: Final = re.compile(r"(\*|\w+)(?:-(\w+))?(?:/(\d+))?")
_SATURDAY: Final = 5


def firings(
    schedule: str, zone: tzinfo, *, after: datetime, before: datetime
) -> Iterator[datetime]:
    """Each instant from ``after`` on and before ``before``, by the wall clock of the zone."""
    minutes, hours, *days = schedule.removeprefix("cron(").removesuffix(")").split()
    walls = [hour * 60 + each for hour in _values(hours, 0, 23) for each in _values(minutes, 0, 59)]
    day = local_date(after, zone)
    while day <= local_date(before, zone):
        found = (at_wall(day, minute, zone) for minute in walls if _is_day(day, *days))
        yield from (at for at in found if after <= at < before)
        day += DAY


def _is_day(day: date, of_month: str, month: str, of_week: str, year: str) -> bool:
    return (
        day.year in _values(year, 1970, 2199)
        and day.month in _values(month, 1, 12)
        and (of_month == "?" or _is_day_of_month(day, of_month))
        and (of_week == "?" or _is_weekday(day, of_week))
    )


def _is_day_of_month(day: date, word: str) -> bool:
    last = monthrange(day.year, day.month)[1]
    if word == "L":
        return day.day == last
    if word.endswith("W"):
        meant = last if word == "LW" else int(word[:-1])
        return meant <= last and day == _nearest_workday(day.replace(day=meant))
    return day.day in _values(word, 1, 31)


def _nearest_workday(day: date) -> date:
    """Never in another month."""
    if day.weekday() < _SATURDAY:
        return day
    near = day - DAY if day.weekday() == _SATURDAY else day + DAY
    if near.month == day.month:
        return near
    return day + 2 * DAY if near < day else day - 2 * DAY


def _is_weekday(day: date, word: str) -> bool:
    weekday = day.isoweekday() % 7 + 1
    if word == "L":
        return weekday == NAMES["SAT"]
    if word.endswith("L"):
        return weekday == _number(word[:-1]) and (day + 7 * DAY).month != day.month
    if "#" in word:
        wanted, _, nth = word.partition("#")
        return weekday == _number(wanted) and (day.day - 1) // 7 + 1 == int(nth)
    return weekday in _values(word, 1, 7)


def _values(word: str, low: int, high: int) -> list[int]:
    found: set[int] = set()
    for part in word.split(","):
        if match := _PART.fullmatch(part):
            found.update(_range(match[1], match[2], match[3], low, high))
    return sorted(found)


def _range(first: str, last: str | None, every: str | None, low: int, high: int) -> list[int]:
    begin = low if first == "*" else _number(first)
    open_end = first == "*" or (every and not last)
    end = _number(last) if last else high if open_end else begin
    step = int(every or 1)
    if end >= begin:
        return list(range(begin, end + 1, step))
    size = high - low + 1  # it runs over the end, as FRI-MON does
    return [low + (each - low) % size for each in range(begin, end + size + 1, step)]


def _number(word: str) -> int:
    return NAMES[word] if word in NAMES else int(word)
