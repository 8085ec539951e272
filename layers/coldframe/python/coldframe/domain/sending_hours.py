"""When marketing may go, by the lead's wall: outside quiet hours and in the journey's window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from coldframe.domain.local_time import (
    DAY,
    PRECISION,
    at_wall,
    is_quiet,
    local_date,
    turns_of_clocks,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coldframe.domain.journey import Journey, Window
    from coldframe.domain.limits import QuietHours
    from coldframe.domain.playbook import Client
    from coldframe.domain.profile import Profile
    from coldframe.domain.quiet_days import Days

AHEAD: Final = 15
"""Days: a weekly window comes, also when the clocks skip it once."""
HOLIDAYS: Final = 60
"""Days more, where some are quiet: a client may shut for a month."""
QUIET_DAY: Final = "quiet_day"
AT_ONCE: Final = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """All that must allow it; None allows always."""

    quiet: QuietHours | None = None
    window: Window | None = None
    days: Days | None = None

    @property
    def always(self) -> bool:
        return self.quiet is None and self.window is None and self.days is None


ANY_TIME: Final = Hours()


def hours_of(client: Client, journey: Journey | None, profile: Profile | None = None) -> Hours:
    return Hours(
        quiet=client.quiet_hours,
        window=journey.send_window if journey else None,
        days=client.quiet_days.of(profile) if client.quiet_days else None,
    )


def objection(at: datetime, hours: Hours, zone: tzinfo) -> str:
    """`quiet_day`, `quiet_hours`, `outside_window` or nothing."""
    if hours.days and hours.days.name(local_date(at, zone)):
        return QUIET_DAY
    if hours.quiet and is_quiet(at, hours.quiet, zone):
        return "quiet_hours"
    if hours.window and not _within(at, hours.window, zone):
        return "outside_window"
    return ""


def allowed_from(
    at: datetime, *, hours: Hours, zone: tzinfo, spread: timedelta = AT_ONCE
) -> datetime:
    """The first allowed instant, not before ``at``; if it is a later one, ``spread`` after it.

    The spread never leads out of the hours. A window that lies in the quiet hours or days whole
    is no window: they outrank it. Days that are quiet without an end are none either.
    """
    if not objection(at, hours, zone):
        return at
    opens = next((each for each in _changes(at, hours, zone) if _open(each, hours, zone)), None)
    if opens is None:
        days = hours.days if hours.window else None
        only_quiet = Hours(quiet=hours.quiet, days=days)
        return allowed_from(at, hours=only_quiet, zone=zone, spread=spread)
    return spread_within(opens, spread, hours=hours, zone=zone)


def spread_within(at: datetime, spread: timedelta, *, hours: Hours, zone: tzinfo) -> datetime:
    """``at`` is allowed; later by ``spread``, or as late as the hours that it lies in let it."""
    late = at + spread
    if hours.always or not spread:
        return late
    soon = takewhile(lambda each: each <= late, _changes(at, hours, zone))
    shut = next((each for each in soon if each > at and not _open(each, hours, zone)), None)
    return late if shut is None else max(at, shut - PRECISION)


def _open(at: datetime, hours: Hours, zone: tzinfo) -> bool:
    return not objection(at, hours, zone)


def _within(at: datetime, window: Window, zone: tzinfo) -> bool:
    local = at.astimezone(zone)
    minute, weekday = local.hour * 60 + local.minute, local.weekday()
    if window.start < window.end:
        return window.start <= minute < window.end and weekday in window.weekdays
    if minute >= window.start:
        return weekday in window.weekdays
    return minute < window.end and (weekday - 1) % 7 in window.weekdays


def _changes(at: datetime, hours: Hours, zone: tzinfo) -> Iterator[datetime]:
    """Every instant from ``at`` on at which the answer may change, in order."""
    first = local_date(at, zone)
    for number in range(-1, AHEAD + (HOLIDAYS if hours.days else 0)):
        day = first + DAY * number
        turns = turns_of_clocks(day, zone)
        marks = {at_wall(day, minute, zone) for minute in _edges(hours)}
        again = {at_wall(day, minute, zone, again=True) for minute in _edges(hours) if turns}
        yield from sorted(each for each in {*turns, *marks, *again} if each >= at)


def _edges(hours: Hours) -> set[int]:
    """Minutes of the day; midnight, because the weekday changes."""
    edges = {0}
    for each in (hours.quiet, hours.window):
        if each is not None:
            edges |= {each.start, each.end}
    return edges
