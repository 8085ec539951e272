"""When waits end, by the lead's own calendar and clock, whatever the clocks do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.journey import Window
from coldframe.domain.journey_steps import DateMark, LocalTime, Wait
from coldframe.domain.limits import QuietHours
from coldframe.domain.resumption import Resumption
from coldframe.domain.sending_hours import Hours
from tests.unit.core.waits import APART, ZURICH, asked, ends
from tests.unit.core.zones import MINUTE, instants, utc, wall

NEW_YORK = ZoneInfo("America/New_York")
DAY = 86_400
NIGHT = Hours(quiet=QuietHours(start=21 * 60, end=8 * 60))
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


def at_nine(days: int = 0, **date_mark: Any) -> Wait:
    if date_mark:
        return Wait(date=DateMark(days=days, minute=540, **date_mark))
    return Wait(seconds=days * DAY or None, until=LocalTime(minute=540))


@settings(max_examples=50, deadline=None)
@given(
    where=instants(),
    days=st.integers(0, 3),
    minute=st.integers(0, 24 * 60 - 1),
    weekdays=weekdays,
)
def test_a_time_of_day_is_the_first_one_on_the_leads_wall(
    where: tuple[datetime, ZoneInfo], days: int, minute: int, weekdays: tuple[int, ...]
) -> None:
    since, zone = where
    wait = Wait(seconds=days * DAY, until=LocalTime(minute=minute, weekdays=weekdays))
    shown = [(each, wall(each, zone)) for each in minutes_from(since - timedelta(days=2))]
    earliest = wall(since, zone) + timedelta(days=days)
    base = next(at for at, local in shown if local >= earliest) if days else since
    late = timedelta(minutes=15) if days else timedelta(0)

    first = next(
        at
        for at, day in first_shown(shown, minute)
        if day.weekday() in weekdays and at >= base - late
    )

    assert ends(wait, since, zone) == max(first + APART, base)


def minutes_from(start: datetime) -> list[datetime]:
    return [start + MINUTE * number for number in range(14 * 24 * 60)]


def first_shown(
    shown: list[tuple[datetime, datetime]], minute: int
) -> Iterator[tuple[datetime, date]]:
    """The first minutes at which the wall shows ``minute`` of a day, or more, day by day."""
    day = shown[0][1].date()
    for at, local in shown:
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - what the wall shows
        while local >= midnight + MINUTE * minute:
            yield at, day
            day += timedelta(days=1)
            midnight += timedelta(days=1)


@settings(deadline=None)
@given(where=instants(), seconds=st.integers(0, 100 * DAY))
def test_a_duration_is_as_long_as_it_says(where: tuple[datetime, ZoneInfo], seconds: int) -> None:
    since, zone = where

    assert ends(Wait(seconds=seconds), since, zone) == since + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("since", "days", "reached"),
    [
        ("2026-11-16 07:00", 0, "2026-11-16 08:00"),
        ("2026-11-16 08:04", 0, "2026-11-17 08:00"),
        ("2026-11-16 08:04", 2, "2026-11-18 08:00"),
        ("2026-11-16 08:20", 2, "2026-11-19 08:00"),
        # two of the lead's days are 47 hours, and 49
        ("2026-03-28 08:04", 2, "2026-03-30 07:00"),
        ("2026-10-24 07:04", 2, "2026-10-26 08:00"),
    ],
)
def test_days_before_a_time_of_day_are_the_leads_own(since: str, days: int, reached: str) -> None:
    at = ends(at_nine(days), since)

    assert at is not None
    assert utc(reached) <= at < utc(reached) + timedelta(minutes=10)


def test_waits_one_after_another_do_not_creep_through_the_day() -> None:
    at = utc("2026-11-16 10:00")

    for _ in range(40):
        ended = ends(at_nine(1), at + timedelta(seconds=4))
        assert ended is not None
        assert ended - at < timedelta(days=2)
        at = ended

    assert wall(at, ZURICH).date() == date(2026, 12, 27)
    assert wall(at, ZURICH).hour == 9


def test_a_weekday_and_a_time_are_the_next_such_time() -> None:
    tuesday = Wait(until=LocalTime(minute=600, weekdays=(1,)))

    assert ends(tuesday, "2026-11-16 12:00") == utc("2026-11-17 09:00") + APART
    assert ends(tuesday, "2026-11-17 09:01") == utc("2026-11-24 09:00") + APART


@pytest.mark.parametrize(
    ("born", "days", "comes"),
    [
        ("2028-02-29", 0, "2028-02-29 08:00"),
        ("2028-03-01", -1, "2028-02-29 08:00"),
        ("2027-03-01", -1, "2027-02-28 08:00"),
        ("2028-02-29", 366, "2029-03-01 08:00"),
        ("2028-02-29", -366, "2027-02-28 08:00"),
        ("2027-06-30", -90, "2027-04-01 07:00"),
        ("2027-03-29", -1, "2027-03-28 07:00"),
    ],
)
def test_a_date_is_counted_in_calendar_days(born: str, days: int, comes: str) -> None:
    wait = at_nine(days, field="born", if_past="skip")

    assert ends(wait, "2026-11-16 07:00", fields={"born": born}) == utc(comes) + APART


@pytest.mark.parametrize(
    ("if_past", "told"),
    [
        ("go_on", Resumption(at=utc("2026-11-16 07:00"), why="past")),
        ("skip", Resumption(skip=True, why="past")),
        ("exit", Resumption(exit=True, why="past")),
    ],
)
def test_a_date_that_is_past_does_what_the_journey_says(if_past: str, told: Resumption) -> None:
    wait = at_nine(-90, field="born", if_past=if_past)

    assert asked(wait, "2026-11-16 07:00", fields={"born": "2026-12-24"}) == told


@pytest.mark.parametrize("value", [None, "", "soon", "2026-13-01", "9999-12-31", 7])
def test_a_lead_without_the_date_is_treated_as_if_it_were_past(value: object) -> None:
    wait = at_nine(1, field="born", if_past="skip")

    assert asked(wait, "2026-11-16 07:00", fields={"born": value}) == Resumption(
        skip=True, why="no_date"
    )


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    "value", ["0001-01-01", "0001-01-01T00:00:00Z", "9999-12-31", "9999-12-31T23:59:59Z"]
)
def test_a_date_at_the_calendars_end_is_none(zone: str, value: str) -> None:
    wait = Wait(date=DateMark(field="born", days=0, minute=23 * 60, if_past="skip"))

    told = asked(wait, utc("2026-11-16 07:00"), ZoneInfo(zone), fields={"born": value}, hours=NIGHT)

    assert told.skip


def test_a_date_whose_mark_is_this_very_instant_is_not_past() -> None:
    wait = at_nine(0, field="born", if_past="skip")

    at = ends(wait, "2026-11-16 08:00", fields={"born": "2026-11-16"})

    assert at == utc("2026-11-16 08:00") + APART


def test_what_follows_a_date_that_is_past_goes_when_it_may() -> None:
    wait = at_nine(0, field="born", if_past="go_on")

    at = ends(wait, "2026-11-16 22:00", fields={"born": "2026-11-01"}, hours=NIGHT)

    assert at == utc("2026-11-17 07:00")


def test_who_comes_a_little_late_to_a_time_of_day_waits_no_shorter_than_said() -> None:
    assert ends(at_nine(2), "2026-11-16 08:14") == utc("2026-11-18 08:14")


def test_an_instant_serves_as_the_leads_local_date() -> None:
    wait = at_nine(1, field="seen", if_past="skip")
    late_evening = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    at = ends(wait, "2026-11-16 07:00", fields={"seen": late_evening.isoformat()})

    assert at == utc("2026-11-22 08:00") + APART


def test_a_wait_entered_again_after_its_end_is_not_past() -> None:
    """Whether it is past is asked of when it began: a parked run comes back after the mark."""
    wait = at_nine(0, field="born", if_past="exit")

    for _ in range(2):
        assert ends(wait, "2026-11-16 07:00", fields={"born": "2027-11-20"}) is not None


def test_a_date_moved_to_where_its_mark_was_past_already_is_past() -> None:
    wait = at_nine(0, field="born", if_past="skip")

    told = asked(
        wait, "2026-11-01 07:00", fields={"born": "2026-11-10"}, told_at=utc("2026-11-12 12:00")
    )

    assert told.skip


def test_a_wait_before_marketing_ends_when_that_may_go() -> None:
    wait = Wait(seconds=2 * DAY)

    assert ends(wait, "2026-11-16 20:30", hours=NIGHT) == utc("2026-11-19 07:00") + APART
    assert ends(wait, "2026-11-16 12:30", hours=NIGHT) == utc("2026-11-18 12:30")
    assert ends(wait, "2026-11-16 20:30") == utc("2026-11-18 20:30")


def test_a_time_of_day_near_a_windows_end_stays_within_it() -> None:
    hours = Hours(window=Window(start=9 * 60, end=17 * 60, weekdays=(0, 1, 2, 3, 4)))
    wait = Wait(until=LocalTime(minute=16 * 60 + 59))

    at = ends(wait, "2026-11-16 07:00", hours=hours)

    assert at is not None
    assert utc("2026-11-16 15:59") <= at < utc("2026-11-16 16:00")


def test_every_end_is_in_whole_seconds() -> None:
    since = datetime(2026, 11, 16, 7, 0, 0, 250_000, tzinfo=UTC)

    assert ends(Wait(seconds=60), since) == utc("2026-11-16 07:01:01")
