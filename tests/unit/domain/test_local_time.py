"""Quiet hours and calendar days are the lead's own, also when the clocks change."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.limits import QuietHours
from coldframe.domain.local_time import is_quiet, midnight, zone_of
from coldframe.domain.sending_hours import Hours, allowed_from

NIGHT = QuietHours(start=21 * 60, end=8 * 60)
ZONES = (
    "Europe/Zurich",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Cairo",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "UTC",
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def quiet_until(at: datetime, quiet: QuietHours | None, zone: tzinfo) -> datetime | None:
    """None: it isn't quiet."""
    ends = allowed_from(at, hours=Hours(quiet=quiet), zone=zone)
    return None if ends == at else ends


@pytest.mark.parametrize(
    ("now", "zone", "until"),
    [
        ("2026-11-16 10:00", "Europe/Zurich", None),
        ("2026-11-16 19:59", "Europe/Zurich", None),
        ("2026-11-16 20:00", "Europe/Zurich", "2026-11-17 07:00"),
        ("2026-11-17 03:00", "Europe/Zurich", "2026-11-17 07:00"),
        ("2026-11-17 06:59:59", "Europe/Zurich", "2026-11-17 07:00"),
        ("2026-11-17 07:00", "Europe/Zurich", None),
        # the night that loses an hour, and the night that gains one
        ("2026-03-28 22:00", "Europe/Zurich", "2026-03-29 06:00"),
        ("2026-10-24 20:00", "Europe/Zurich", "2026-10-25 07:00"),
        ("2026-03-07 03:00", "America/New_York", "2026-03-07 13:00"),
        ("2026-03-08 03:00", "America/New_York", "2026-03-08 12:00"),
    ],
)
def test_an_overnight_window_ends_by_the_leads_clock(
    now: str, zone: str, until: str | None
) -> None:
    ends = quiet_until(utc(now), NIGHT, zone_of(zone, otherwise="UTC"))

    assert ends == (utc(until) if until else None)


def test_an_end_that_the_clocks_skip_is_over_at_the_skip() -> None:
    quiet = QuietHours(start=60, end=150)  # 01:00 to 02:30; at 02:00 it is 03:00

    ends = quiet_until(utc("2026-03-08 06:30"), quiet, zone_of("America/New_York", otherwise="UTC"))

    assert ends == utc("2026-03-08 07:00")


def test_a_repeated_hour_is_quiet_each_time_it_says_so() -> None:
    quiet = QuietHours(start=0, end=90)  # until 01:30, which comes twice
    zone = zone_of("America/New_York", otherwise="UTC")

    assert quiet_until(utc("2026-11-01 05:00"), quiet, zone) == utc("2026-11-01 05:30")
    assert quiet_until(utc("2026-11-01 05:45"), quiet, zone) is None
    assert quiet_until(utc("2026-11-01 06:10"), quiet, zone) == utc("2026-11-01 06:30")


def test_no_window_is_never_quiet() -> None:
    zone = zone_of("UTC", otherwise="UTC")

    assert quiet_until(utc("2026-11-16 03:00"), None, zone) is None
    assert quiet_until(utc("2026-11-16 03:00"), QuietHours(start=60, end=60), zone) is None


@settings(max_examples=200, deadline=None)
@given(
    hours=st.floats(0, 2 * 365 * 24),
    start=st.integers(0, 1439),
    end=st.integers(0, 1439),
    zone=st.sampled_from(ZONES),
)
def test_it_ends_at_the_first_instant_that_is_not_quiet(
    hours: float, start: int, end: int, zone: str
) -> None:
    now = utc("2026-01-01 00:00") + timedelta(hours=hours)
    where, quiet = zone_of(zone, otherwise="UTC"), QuietHours(start=start, end=end)

    until = quiet_until(now, quiet, where)

    if until is None:
        assert not is_quiet(now, quiet, where)
        return
    assert until > now
    assert not is_quiet(until, quiet, where)
    step = (until - now) / 50
    moments = [now + step * number for number in range(50)] + [until - timedelta(seconds=1)]
    assert all(is_quiet(max(each, now), quiet, where) for each in moments)


@pytest.mark.parametrize("zone", ZONES)
def test_every_day_begins_once_and_in_order(zone: str) -> None:
    where = zone_of(zone, otherwise="UTC")
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(730)]

    begins = [midnight(day, where) for day in days]

    assert all(one < other for one, other in pairwise(begins))
    assert all(
        begin.astimezone(where).date() == day for begin, day in zip(begins, days, strict=True)
    )


@pytest.mark.parametrize("name", ["", "Europe/Nowhere", "../etc/passwd", "nonsense\x00", "Europe"])
def test_a_name_that_is_no_zone_means_the_clients(name: str) -> None:
    zone = zone_of(name, otherwise="Europe/Zurich")

    assert utc("2026-11-16 10:00").astimezone(zone).hour == 11
