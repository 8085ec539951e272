"""The client's allowance: a line in which every turn is the instant of one mail."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.allowance import (
    DAY_FULL,
    HOUR,
    IN_LINE,
    SECOND,
    WARMING_UP,
    Allowance,
    Line,
    WarmUp,
    next_turn,
)

NOON = int(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()) * SECOND
DAY = 24 * HOUR
RAMP = WarmUp(since="2026-11-20", first=2, grows=50, days=4)


def turns(
    allowance: Allowance, mails: int, *, at: int = NOON, line: Line | None = None
) -> list[int]:
    """Of so many marketing mails that all come at that instant."""
    line, found = line or Line(), []
    for _ in range(mails):
        turn, line = next_turn(allowance, line, at, requested=False)
        found.append(turn - NOON)
    return found


def test_who_comes_when_nobody_is_before_goes_at_once_and_the_next_behind_it() -> None:
    assert turns(Allowance(rate=5), 4) == [0, 250, 500, 750]


@given(
    st.integers(1, 50),
    st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=200),
)
def test_no_second_holds_more_turns_than_the_rate(rate: int, mails: list[tuple[int, bool]]) -> None:
    line, now, taken = Line(), NOON, []
    for later, requested in mails:
        now += later
        turn, line = next_turn(Allowance(rate=rate), line, now, requested=requested)
        assert turn >= now
        taken.append(turn)

    for begin in taken:
        assert sum(begin <= each < begin + SECOND for each in taken) <= rate + 1


def test_what_a_lead_asked_for_never_stands_behind_marketing() -> None:
    allowance, line = Allowance(rate=1, a_day=3), Line()
    for _ in range(50):
        _, line = next_turn(allowance, line, NOON, requested=False)

    turn, line = next_turn(allowance, line, NOON, requested=True)
    behind, _ = next_turn(allowance, line, NOON, requested=True)

    assert turn == NOON
    assert behind == NOON + 5 * SECOND


@given(
    st.integers(1, 30),
    st.lists(st.integers(0, 5 * HOUR), min_size=1, max_size=150),
)
def test_no_24_hours_hold_more_marketing_than_a_day_may(a_day: int, gaps: list[int]) -> None:
    allowance, line, now, taken = Allowance(rate=500, a_day=a_day), Line(), NOON, []
    for gap in gaps:
        now += gap
        turn, line = next_turn(allowance, line, now, requested=False)
        taken.append(turn)

    assert taken == sorted(taken)
    for begin in taken:
        assert sum(begin <= each < begin + DAY for each in taken) <= a_day


def test_who_finds_the_day_full_is_told_its_own_later_turn_and_why() -> None:
    allowance, line, whys = Allowance(rate=500, a_day=2), Line(), []
    for _ in range(5):
        turn, line = next_turn(allowance, line, NOON, requested=False)
        whys.append((turn - NOON, line.why))

    assert whys[:2] == [(0, IN_LINE), (3, IN_LINE)]
    assert [why for _, why in whys[2:]] == [DAY_FULL] * 3
    assert whys[2][0] == 25 * HOUR
    assert whys[3][0] == 25 * HOUR + 3
    assert whys[4][0] == 50 * HOUR


def test_what_was_asked_for_leaves_marketing_less_of_the_day() -> None:
    allowance, line = Allowance(rate=500, a_day=3), Line()
    for _ in range(2):
        _, line = next_turn(allowance, line, NOON, requested=True)

    assert [at // HOUR for at in turns(allowance, 3, line=line)] == [0, 25, 25]


def test_a_new_sender_warms_up_day_by_day() -> None:
    allowance = Allowance(rate=500, a_day=6, warm_up=RAMP)

    days = Counter((NOON + turn) // DAY for turn in turns(allowance, 14))

    assert [days[day] for day in sorted(days)][:3] == [2, 3, 4]
    assert allowance.limit_at(NOON) == (2, WARMING_UP)
    assert allowance.limit_at(NOON + 4 * DAY) == (6, DAY_FULL)


def test_a_ramp_is_over_after_its_days_and_never_steeper_than_ses_allows() -> None:
    steep = WarmUp(since="2026-11-20", first=1000, grows=100, days=120)

    assert RAMP.limit_on(datetime(2026, 11, 24, tzinfo=UTC).date()) is None
    assert RAMP.limit_on(datetime(2026, 11, 1, tzinfo=UTC).date()) == 2
    assert steep.limit_on(datetime(2027, 3, 1, tzinfo=UTC).date()) == 50_000_000


def test_without_limits_no_hours_are_counted() -> None:
    _, line = next_turn(Allowance(rate=3), Line(), NOON, requested=False)

    assert (line.hour, line.past) == (0, {})


@pytest.mark.parametrize("behind", [timedelta(hours=-2), timedelta(seconds=-1)])
def test_a_clock_that_is_behind_takes_no_turn_twice(behind: timedelta) -> None:
    allowance = Allowance(rate=1, a_day=100)
    first, line = next_turn(allowance, Line(), NOON, requested=False)

    again, _ = next_turn(
        allowance, line, NOON + behind // timedelta(milliseconds=1), requested=False
    )

    assert again > first


def test_rules_that_differ_are_told_apart() -> None:
    allowances = [
        Allowance(rate=1),
        Allowance(rate=2),
        Allowance(rate=1, a_day=5),
        Allowance(rate=1, warm_up=RAMP),
    ]
    other = replace(RAMP, days=9)

    assert len({each.said for each in [*allowances, Allowance(rate=1, warm_up=other)]}) == 5


def test_a_new_sender_warms_up_where_no_day_is_named_too() -> None:
    allowance = Allowance(rate=500, warm_up=RAMP)

    days = Counter((NOON + turn) // DAY for turn in turns(allowance, 5))

    assert allowance.limit_at(NOON) == (2, WARMING_UP)
    assert allowance.limit_at(NOON + 4 * DAY) == (0, DAY_FULL)
    assert [days[day] for day in sorted(days)] == [2, 3]


def test_once_there_is_room_again_the_next_stand_in_line_alone() -> None:
    allowance, line = Allowance(rate=1, a_day=2), Line()
    for _ in range(3):
        _, line = next_turn(allowance, line, NOON, requested=False)
    assert line.why == DAY_FULL

    _, line = next_turn(allowance, line, NOON + 3 * DAY, requested=False)

    assert line.why == IN_LINE
