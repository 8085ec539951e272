"""A lead's own time of day: calendar days and quiet hours, across changes of the clocks."""

import hashlib
from datetime import UTC, date, datetime, timedelta, tzinfo

from coldframe.domain.limits import QuietHours

DAY = timedelta(days=1)
PRECISION = timedelta(seconds=1)
SPREAD = timedelta(minutes=10)
"""Leads who are all due at one time of day are spread over this long."""


def zone_of(name: str, *, otherwise: str) -> tzinfo:
    """The named zone; for a name that isn't one, the other."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name or otherwise)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(otherwise)


def local_date(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()


def spread(lead: str, step: str) -> timedelta:
    """Whole seconds below ``SPREAD``, always the same for this lead and step."""
    drawn = hashlib.sha256(f"{lead}/{step}".encode()).digest()[:8]
    return timedelta(seconds=int.from_bytes(drawn) % int(SPREAD.total_seconds()))


def at_wall(day: date, minute: int, zone: tzinfo, *, again: bool = False) -> datetime:
    """The first instant at which the wall shows this time of that day, or later.

    One that the clocks skip is at the skip; one that comes twice, when it comes first, or
    ``again``.
    """
    one, other = _wall(day, minute, zone, fold=0), _wall(day, minute, zone, fold=1)
    if other < one:
        return _turn(other, one, zone)
    return other if again else one


def turns_of_clocks(day: date, zone: tzinfo) -> tuple[datetime, ...]:
    """The instant at which this day's clocks are changed, if they are.

    Where midnight comes twice, the change is the later day's.
    """
    begin, end = _wall(day, 0, zone, fold=0), _wall(day + DAY, 0, zone, fold=1)
    before = begin - PRECISION
    if before.astimezone(zone).utcoffset() == end.astimezone(zone).utcoffset():
        return ()
    turn = _turn(before, end, zone)
    return (turn,) if turn < _wall(day + DAY, 0, zone, fold=0) else ()


def _turn(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The instant between the two from which on the wall is ``after``'s."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > PRECISION:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def midnight(day: date, zone: tzinfo) -> datetime:
    """The instant at which the day begins; where midnight is skipped, the first there is."""
    return _wall(day, 0, zone, fold=0)


def is_quiet(at: datetime, quiet: QuietHours, zone: tzinfo) -> bool:
    """By the clock on the lead's wall; ``start`` itself is quiet, ``end`` isn't any more."""
    local = at.astimezone(zone)
    minute = local.hour * 60 + local.minute
    if quiet.start <= quiet.end:
        return quiet.start <= minute < quiet.end
    return minute >= quiet.start or minute < quiet.end


def _wall(day: date, minute: int, zone: tzinfo, *, fold: int) -> datetime:
    hours, minutes = divmod(minute, 60)
    day += DAY * (hours // 24)
    local = datetime(day.year, day.month, day.day, hours % 24, minutes, tzinfo=zone, fold=fold)
    return local.astimezone(UTC)
