"""When a wait ends: after a time, at a time of the lead's own day, or by a date of the lead's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.instants import whole_seconds
from coldframe.domain.knowing.dates import day_of
from coldframe.domain.local_time import DAY, at_wall, local_date, spread
from coldframe.domain.sending_hours import ANY_TIME, Hours, allowed_from, spread_within

if TYPE_CHECKING:
    from coldframe.domain.conditions.facts import Facts
    from coldframe.domain.journey_steps import DateMark, LocalTime, Wait

LATE: Final = timedelta(minutes=15)
"""A time of day still counts for who comes to it so late, after a duration of an hour or more:
"2 days, then 09:00" counted from 09:04 ends on the second day, not on the third."""
LONG_ENOUGH: Final = timedelta(hours=1)
LONGEST: Final = timedelta(days=3660)
NOTHING: Final = timedelta(0)
LONG_AGO: Final = date(1000, 1, 1)
FAR_AHEAD: Final = date(9000, 1, 1)
"""A lead may say any date; what lies beyond these would lead out of the calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumption:
    """What ends a wait: an instant (whole seconds, by then perhaps past), or the way around it."""

    at: datetime | None = None
    skip: bool = False
    """The step after the wait is left out."""
    exit: bool = False
    """The journey ends for the lead."""
    why: str = ""
    """`no_date` or `past`, when there was nothing to wait for."""


def resume_at(
    wait: Wait,
    *,
    since: datetime,
    lead: str,
    step: str,
    facts: Facts,
    hours: Hours = ANY_TIME,
    told_at: datetime | None = None,
) -> Resumption:
    """A function of recorded instants, never of the clock: asked again, it answers the same.

    ``since``: when the wait began. ``hours``: those of the mail that follows, if it is marketing.
    ``told_at``: when the lead's date became known; a mark that lay before it is past.
    """
    if wait.date is not None:
        marked = _mark(wait.date, facts)
        known_since = max(since, told_at or since)
        if marked is None or marked < known_since:
            return _missed(wait.date, marked, since=since, facts=facts, hours=hours)
        base, shared = marked, True
    else:
        base, shared = _after(wait, since=since, facts=facts), False
    target = base
    if wait.until is not None:
        late = LATE if base - since >= LONG_ENOUGH else NOTHING
        target, shared = _reached(wait.until, base, facts.zone, late=late), True
    apart = spread(lead, step)
    opens = allowed_from(target, hours=hours, zone=facts.zone, spread=apart)
    if shared and opens == target:
        opens = spread_within(target, apart, hours=hours, zone=facts.zone)
    if opens < base:
        opens = allowed_from(base, hours=hours, zone=facts.zone, spread=apart)
    return Resumption(at=whole_seconds(opens))


def _after(wait: Wait, *, since: datetime, facts: Facts) -> datetime:
    """Whole days before a time of day are the lead's calendar days, whatever the clocks do."""
    duration = _duration(wait, since=since, facts=facts)
    if wait.until is None or duration < DAY:
        return since + duration
    days, rest = divmod(duration, DAY)
    return _days_later(since, days, facts.zone) + rest


def _duration(wait: Wait, *, since: datetime, facts: Facts) -> timedelta:
    """No duration, where the expression gives none; no wait is endless."""
    if wait.computed is None:
        return timedelta(seconds=wait.seconds or 0)
    try:
        value = evaluate(wait.computed, facts, now=since).value
    except OverflowError:
        return LONGEST
    return min(max(value, NOTHING), LONGEST) if isinstance(value, timedelta) else NOTHING


def _days_later(at: datetime, days: int, zone: tzinfo) -> datetime:
    local = at.astimezone(zone)
    minute = at_wall(local.date() + DAY * days, local.hour * 60 + local.minute, zone)
    return minute + timedelta(seconds=local.second, microseconds=local.microsecond)


def _reached(until: LocalTime, base: datetime, zone: tzinfo, *, late: timedelta) -> datetime:
    """The first such time of day that isn't over by more than ``late``."""
    today = local_date(base, zone)
    for number in range(-2, 9):
        day = today + DAY * number
        reached = at_wall(day, until.minute, zone)
        if day.weekday() in until.weekdays and reached >= base - late:
            return reached
    return base


def _mark(mark: DateMark, facts: Facts) -> datetime | None:
    """None: the lead has no such date."""
    day = day_of(facts.fields.get(mark.field), facts.zone)
    if day is None or not LONG_AGO <= day <= FAR_AHEAD:
        return None
    return at_wall(day + DAY * mark.days, mark.minute, facts.zone)


def _missed(
    mark: DateMark, marked: datetime | None, *, since: datetime, facts: Facts, hours: Hours
) -> Resumption:
    why = "no_date" if marked is None else "past"
    if mark.if_past == "go_on":
        at_once = allowed_from(since, hours=hours, zone=facts.zone)
        return Resumption(at=whole_seconds(at_once), why=why)
    return Resumption(skip=mark.if_past == "skip", exit=mark.if_past == "exit", why=why)
