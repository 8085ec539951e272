"""What is usual, and when a held lead's turn comes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.profile import Profile
from coldframe.domain.surge import (
    CALM,
    REMEMBERED,
    Looked,
    Surges,
    begins,
    ended,
    held,
    hour_of,
    limit,
)
from tests.fakes.clock import MONDAY

HOUR = hour_of(MONDAY)


def days(*busiest: int) -> dict[str, int]:
    return {
        (HOUR - timedelta(days=number)).date().isoformat(): leads
        for number, leads in enumerate(busiest, start=1)
    }


def lead(name: str = "ada", *, minutes: int = 0) -> Profile:
    at = HOUR + timedelta(minutes=minutes)
    return Profile(lead=name, address="ada@example.com", created_at=at)


@pytest.mark.parametrize(
    ("busiest", "most"),
    [
        ((), 50),
        ((1, 2, 3), 50),
        ((0, 0, 8), 80),
        ((6, 7, 900), 70),
        ((40, 30, 20, 50, 60), 400),
    ],
)
def test_ten_times_what_half_of_the_days_reach(busiest: tuple[int, ...], most: int) -> None:
    assert limit(days(*busiest), CALM, hour=HOUR) == most


def test_today_and_what_is_long_past_teach_nothing() -> None:
    today = {HOUR.date().isoformat(): 700}
    long_past = {(HOUR - timedelta(days=15)).date().isoformat(): 700}

    assert limit({**today, **long_past}, CALM, hour=HOUR) == 50


def test_a_released_surge_is_usual_for_two_weeks_and_a_dropped_one_never() -> None:
    looked = Looked(since=HOUR, at=HOUR + timedelta(hours=1), leads=900, busiest=300)
    later = HOUR + timedelta(days=13)

    assert limit({}, Surges(looked=(looked,)), hour=later) == 600
    assert limit({}, Surges(looked=(replace(looked, dropped=True),)), hour=later) == 50
    assert limit({}, Surges(looked=(looked,)), hour=later + timedelta(days=2)) == 50


def test_who_was_decided_about_is_not_held_again() -> None:
    at = HOUR + timedelta(minutes=20)
    surges = Surges(looked=(Looked(since=HOUR, at=at, leads=60, busiest=60),))

    assert begins(surges, HOUR) == at
    assert begins(surges, HOUR + timedelta(hours=1)) == HOUR + timedelta(hours=1)


def test_leads_who_came_before_are_free_and_others_ask_again_ever_later() -> None:
    surges = Surges(since=HOUR)
    now = HOUR + timedelta(minutes=1)

    assert held(surges, lead(minutes=-1), due_since=now, now=now) is None
    early = held(surges, lead(), due_since=now, now=now)
    late = held(surges, lead(), due_since=now, now=now + timedelta(hours=8))
    assert early is not None and early.until is not None  # noqa: PT018 - one fact
    assert late is not None and late.until is not None  # noqa: PT018 - one fact
    assert early.until - now < late.until - (now + timedelta(hours=8))


def test_released_turns_are_spread_and_all_over_in_time() -> None:
    looked = Looked(since=HOUR, at=HOUR + timedelta(hours=1), leads=1800, busiest=1800)
    surges = Surges(looked=(looked,))
    turns = [held(surges, lead(str(n)), due_since=HOUR, now=looked.at) for n in range(200)]

    instants = sorted(each.until for each in turns if each and each.until)
    assert len(instants) == 200
    assert instants[100] - looked.at > timedelta(minutes=20)
    assert instants[-1] <= looked.at + timedelta(hours=1)
    for each in turns:
        assert each is not None and each.until is not None  # noqa: PT018 - one fact
    assert held(surges, lead("1"), due_since=HOUR, now=instants[-1]) is None


def test_a_million_released_leads_take_a_day() -> None:
    looked = Looked(since=HOUR, at=HOUR, leads=1_000_000, busiest=1)

    assert looked.paced_over == timedelta(hours=24)


def test_who_comes_when_somebody_looks_is_not_of_it() -> None:
    looked = Looked(since=HOUR, at=HOUR + timedelta(minutes=20), leads=60, busiest=60, dropped=True)
    surges = Surges(looked=(looked,))

    of_it, after = (
        held(surges, lead(minutes=minutes), due_since=looked.at, now=looked.at)
        for minutes in (19, 20)
    )

    assert of_it is not None
    assert after is None


def test_the_newest_of_many_that_were_looked_at_are_remembered() -> None:
    surges = CALM
    for number in range(REMEMBERED + 1):
        since = HOUR + timedelta(days=number)
        begun = replace(surges, since=since)
        surges = ended(begun, at=since, leads=number, busiest=number, dropped=False)

    assert [each.leads for each in surges.looked] == list(range(1, REMEMBERED + 1))
