"""Addresses that are named and taken back: a function of the set, right at its edges."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from coldframe.domain.address_change import (
    SETTLING,
    Moved,
    address_now,
    is_asked,
    is_settling,
    joined_changes,
    may_be_asked,
    was_taken_back,
)
from coldframe.domain.profile import Profile, remember
from coldframe.domain.touchpoint import ADDRESS_OFFERED, Touchpoint, record
from tests.fakes.clock import MONDAY

ADA, HOME, WORK = "ada@example.com", "ada@home.example", "ada@work.example"
MS, HOUR = timedelta(milliseconds=1), timedelta(hours=1)
MIDNIGHT = MONDAY.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def moved(to: str, at: datetime, *, was: str = ADA, undoes: datetime | None = None) -> Moved:
    return Moved(to=to, was=was, at=at, by=f"{to} {at}", undoes=undoes)


def offered(address: str, at: datetime) -> Touchpoint:
    return record(
        lead="ada", kind=ADDRESS_OFFERED, source="page", received_at=at, data={"address": address}
    )


def ada(*touchpoints: Touchpoint, changes: tuple[Moved, ...] = ()) -> Profile:
    profile = Profile(lead="ada", address=ADA, created_at=MONDAY, changes=changes)
    for each in touchpoints:
        profile = remember(profile, each, rules=())
    return profile


CHANGE = moved(HOME, MONDAY)
BACK = moved(ADA, MONDAY + HOUR, was=HOME, undoes=MONDAY)


def test_taken_back_twice_it_is_taken_back() -> None:
    """On both sides of midnight, the button's two posts have different names."""
    again = replace(BACK, at=BACK.at + MS, by="again")

    for order in permutations([CHANGE, BACK, again]):
        known = joined_changes(order[:1], joined_changes(order[1:2], order[2:]))
        assert address_now(known) == ADA


def test_what_is_confirmed_a_week_after_stands_and_a_moment_earlier_is_void() -> None:
    later = moved(WORK, BACK.at + SETTLING)
    too_early = replace(later, at=later.at - MS)

    assert address_now(joined_changes((CHANGE, BACK), (later,))) == WORK
    assert address_now(joined_changes((CHANGE, BACK), (too_early,))) == ADA


@pytest.mark.parametrize(("after", "settles"), [(timedelta(), True), (SETTLING - MS, True)])
def test_a_change_settles_for_a_week_to_the_millisecond(after: timedelta, *, settles: bool) -> None:
    profile = ada(changes=(CHANGE,))

    assert is_settling(profile, CHANGE.at + after) is settles
    assert not is_settling(profile, CHANGE.at + SETTLING)


def test_nothing_is_asked_from_the_instant_of_taking_back_on_for_a_week() -> None:
    profile = ada(changes=(BACK, CHANGE))

    assert not was_taken_back(profile, BACK.at - MS)
    assert was_taken_back(profile, BACK.at)
    assert was_taken_back(profile, BACK.at + SETTLING - MS)
    assert not was_taken_back(profile, BACK.at + SETTLING)
    posted_at_once = offered(WORK, BACK.at + HOUR)
    assert not is_asked(ada(posted_at_once, changes=profile.changes), posted_at_once)


def test_the_first_three_of_a_day_are_asked_whichever_is_heard_of_first() -> None:
    named = [
        offered(f"{name}@example.com", MONDAY + number * HOUR) for number, name in enumerate("dcba")
    ]

    for order in permutations(named):
        profile = ada(*order)
        assert [is_asked(profile, each) for each in named] == [True, True, True, False]
        assert may_be_asked(profile, "d@example.com", MONDAY)
        assert not may_be_asked(profile, "e@example.com", MONDAY)


def test_late_news_of_yesterday_is_judged_by_yesterday() -> None:
    today = [offered(f"{name}@example.com", MIDNIGHT + HOUR) for name in "abc"]
    late = offered(HOME, MIDNIGHT - MS)

    profile = ada(*today, late)

    assert is_asked(profile, late)
    assert may_be_asked(profile, HOME, MIDNIGHT - MS)
    assert not may_be_asked(profile, HOME, MIDNIGHT)


def test_a_month_later_the_same_day_of_the_month_is_another_day() -> None:
    named = [offered(f"{name}@example.com", MONDAY) for name in "abc"]

    assert may_be_asked(ada(*named), HOME, MONDAY + timedelta(days=30))


def test_of_one_address_named_twice_the_first_time_is_what_counts() -> None:
    named = [offered(HOME, MONDAY + number * HOUR) for number in (0, 1)]

    for order in permutations(named):
        assert [each.at for each in ada(*order).offers] == [MONDAY]
