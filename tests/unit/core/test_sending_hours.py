"""When marketing may go, against a walk along every minute of the lead's wall."""

from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from coldframe.domain.journey import Window
from coldframe.domain.limits import QuietHours
from coldframe.domain.local_time import at_wall, spread
from coldframe.domain.sending_hours import Hours, allowed_from, objection
from tests.unit.core.zones import MINUTE, instants, utc, wall

NIGHT = QuietHours(start=21 * 60, end=8 * 60)
OFFICE = Window(start=9 * 60, end=17 * 60, weekdays=(0, 1, 2, 3, 4))
ZURICH = ZoneInfo("Europe/Zurich")
minutes = st.integers(0, 24 * 60 - 1)
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
windows = st.builds(Window, start=minutes, end=minutes, weekdays=weekdays)
quiet_hours = st.builds(QuietHours, start=minutes, end=minutes)


def quiet(at: datetime, hours: QuietHours) -> bool:
    minute = at.hour * 60 + at.minute
    length = (hours.end - hours.start) % (24 * 60)
    return (minute - hours.start) % (24 * 60) < length


def within(at: datetime, window: Window) -> bool:
    """Whether the window that began last, today or yesterday, is still open."""
    for days_ago in (0, 1):
        day = at.replace(hour=0, minute=0) - timedelta(days=days_ago)
        begins = day + MINUTE * window.start
        ends = day + MINUTE * (window.end + (24 * 60 if window.end <= window.start else 0))
        if begins <= at < ends and day.weekday() in window.weekdays:
            return True
    return False


def may(at: datetime, zone: ZoneInfo, hours: Hours) -> bool:
    local = wall(at, zone)
    if hours.quiet and quiet(local, hours.quiet):
        return False
    return hours.window is None or within(local, hours.window)


HAVANA = ZoneInfo("America/Havana")
MIDNIGHT_COMES_TWICE = datetime(2026, 11, 1, tzinfo=UTC)


@settings(max_examples=150, deadline=None)
@example(
    where=(MIDNIGHT_COMES_TWICE, HAVANA), quiet=QuietHours(start=1, end=0), window=None, late=0
)
@given(
    where=instants(),
    quiet=st.none() | quiet_hours,
    window=st.none() | windows,
    late=st.integers(0, 599),
)
def test_the_first_allowed_minute_is_found(
    where: tuple[datetime, ZoneInfo], quiet: QuietHours | None, window: Window | None, late: int
) -> None:
    at, zone = where
    hours = Hours(quiet=quiet, window=window)
    walk = (at + MINUTE * number for number in range(9 * 24 * 60))
    first = next((minute for minute in walk if may(minute, zone, hours)), None)
    assume(first is not None and first is not at)
    assert first is not None

    found = allowed_from(at, hours=hours, zone=zone)
    apart = allowed_from(at, hours=hours, zone=zone, spread=timedelta(seconds=late))

    assert found == first
    assert found == at or found <= apart <= found + timedelta(seconds=late)
    assert may(apart.replace(second=0), zone, hours)


@settings(deadline=None)
@given(where=instants(), minute=minutes)
def test_a_time_of_day_comes_when_the_wall_first_shows_it_or_more(
    where: tuple[datetime, ZoneInfo], minute: int
) -> None:
    at, zone = where
    day = wall(at, zone).date()
    wanted = datetime(day.year, day.month, day.day, minute // 60, minute % 60)  # noqa: DTZ001 - what the wall shows
    walk = (at - timedelta(hours=50) + MINUTE * number for number in count())

    first = next(each for each in walk if wall(each, zone) >= wanted)

    assert at_wall(day, minute, zone) == first


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        ("2026-11-20 10:00", "2026-11-20 10:00"),
        ("2026-11-20 16:00", "2026-11-23 08:00"),
        ("2026-11-21 12:00", "2026-11-23 08:00"),
        ("2026-03-27 16:00", "2026-03-30 07:00"),
    ],
)
def test_a_window_on_weekdays_opens_again_on_monday(now: str, allowed: str) -> None:
    hours = Hours(quiet=NIGHT, window=OFFICE)

    assert allowed_from(utc(now), hours=hours, zone=ZURICH) == utc(allowed)


def test_a_window_over_midnight_belongs_to_the_day_on_which_it_starts() -> None:
    friday_night = Hours(window=Window(start=22 * 60, end=2 * 60, weekdays=(4,)))

    assert not objection(utc("2026-11-21 00:30"), friday_night, ZURICH)
    assert objection(utc("2026-11-20 00:30"), friday_night, ZURICH) == "outside_window"


def test_quiet_hours_outrank_a_window_that_lies_in_them_whole() -> None:
    hours = Hours(quiet=NIGHT, window=Window(start=22 * 60, end=23 * 60))

    assert allowed_from(utc("2026-11-20 22:00"), hours=hours, zone=ZURICH) == utc(
        "2026-11-21 07:00"
    )


def test_the_spread_is_a_leads_own_and_never_leads_out_of_the_window() -> None:
    narrow = Hours(window=Window(start=9 * 60, end=9 * 60 + 2))
    apart = [spread(f"lead-{number}", "tips") for number in range(300)]

    ends = [
        allowed_from(utc("2026-11-20 20:00"), hours=narrow, zone=ZURICH, spread=each)
        for each in apart
    ]

    assert len(set(apart)) > 150
    assert spread("ada", "tips") == spread("ada", "tips")
    assert all(timedelta(0) <= each < timedelta(minutes=10) for each in apart)
    assert max(ends) == utc("2026-11-21 08:01:59")
    assert min(ends) >= utc("2026-11-21 08:00")
