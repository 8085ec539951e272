from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coldframe.domain.conditions.calendar import days_change, local_day
from coldframe.domain.conditions.decay import Decay, Points, Sum
from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.conditions.facts import Facts
from coldframe.domain.conditions.instants import from_ms, to_ms
from tests.unit.conditions.examples import NOW, asked, compiled, touchpoint, viewed

DAY = timedelta(days=1)
MS = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("sign", "at_the_edge", "changes"),
    [("<", False, -MS), ("<=", True, timedelta()), (">", False, timedelta()), (">=", True, -MS)],
)
def test_a_duration_changes_its_answer_at_the_edge_or_just_behind(
    sign: str,
    at_the_edge: bool,  # noqa: FBT001 - pytest names it
    changes: timedelta,
) -> None:
    edge = NOW + 3 * DAY
    source = f"since(tasting) {sign} days(3)"

    assert asked(source, tasting=NOW, now=edge).value is at_the_edge
    assert asked(source, tasting=NOW).next_at == edge + changes + MS


def test_what_has_passed_for_good_never_differs_again() -> None:
    assert asked("since(tasting) > days(3)", tasting=NOW - 4 * DAY).next_at is None


def test_until_counts_down() -> None:
    evaluation = asked("until(tasting) <= days(2)", tasting=NOW + 5 * DAY)

    assert evaluation.value is False
    assert evaluation.next_at == NOW + 3 * DAY


def test_a_count_falls_when_the_deciding_touchpoint_leaves_the_window() -> None:
    history = [viewed("/pricing", days_ago=days) for days in (1, 5, 20)]

    evaluation = asked('did("page.viewed", within="30 days") >= 2', *history)

    assert evaluation.value is True
    assert evaluation.next_at == NOW + 25 * DAY


def test_what_is_as_old_as_the_window_has_left_it() -> None:
    assert asked('did("page.viewed", within="30 days") == 0', viewed("/", days_ago=30)).value


def test_a_count_without_a_window_waits_for_touchpoints_only() -> None:
    evaluation = asked('did("page.viewed") >= 2', viewed("/", days_ago=900))

    assert (evaluation.value, evaluation.next_at) == (False, None)


def test_touchpoints_that_leave_together_skip_a_number() -> None:
    history = [viewed("/a", days_ago=1), viewed("/b", days_ago=5), viewed("/c", days_ago=5)]

    evaluation = asked('did("page.viewed", within="9 days") == 2', *history)

    assert (evaluation.value, evaluation.next_at) == (False, None)


def test_values_of_events_match_with_stars() -> None:
    history = [viewed("/pricing/cakes", days_ago=1), viewed("/blog", days_ago=1)]

    assert asked('did("page.viewed", path="/pricing*") == 1', *history).value is True


def test_values_of_events_keep_their_types() -> None:
    order = touchpoint("order.placed", ago=DAY, cakes=2, gift=True, tags=["wedding", "vegan"])

    assert asked('did("order.placed", cakes=2, gift=true, tags="ve*") == 1', order).value is True
    assert asked('did("order.placed", cakes=1) == 0', order).value is True


def test_the_last_and_the_first_time_are_instants() -> None:
    history = [viewed("/", days_ago=days) for days in (9, 3, 40)]

    assert asked('since(last("page.viewed")) <= days(3)', *history).value is True
    assert asked('since(first("page.viewed")) >= days(40)', *history).value is True
    assert asked('last("page.viewed") is known').value is False


def test_calendar_days_step_at_the_leads_midnight() -> None:
    evaluation = asked("calendar_days_since(tasting) >= 1", tasting=NOW)

    assert evaluation.value is False
    assert evaluation.next_at == datetime(2026, 11, 21, 23, tzinfo=UTC)


def test_a_calendar_day_lasts_25_hours_when_the_clocks_go_back() -> None:
    before = datetime(2026, 10, 24, 22, tzinfo=UTC)

    evaluation = asked("calendar_days_since(tasting) == 0", tasting=before, now=before)

    assert evaluation.next_at == before + timedelta(hours=25)


def test_calendar_days_can_be_listed() -> None:
    evaluation = asked("calendar_days_since(tasting) in [1, 3]", tasting=NOW, now=NOW + DAY)

    assert evaluation.value is True
    assert evaluation.next_at == datetime(2026, 11, 22, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "around"),
    [
        ("Europe/Vienna", "2026-10-25"),
        ("America/Santiago", "2026-09-06"),
        ("America/Santiago", "2026-04-05"),
        ("Africa/Cairo", "2026-10-30"),
        ("Asia/Beirut", "2026-03-29"),
        ("America/Nuuk", "2026-03-29"),
        ("America/Havana", "2026-11-01"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("America/St_Johns", "2010-11-07"),
        ("Pacific/Apia", "2011-12-30"),
    ],
)
def test_days_change_at_the_first_instant_of_the_day_whatever_the_clocks_do(
    zone: str, around: str
) -> None:
    there = ZoneInfo(zone)
    middle = to_ms(datetime.fromisoformat(around).replace(tzinfo=UTC))
    start = local_day(middle, there)
    quarter = 15 * 60 * 1000

    clock = [middle + step * quarter for step in range(-150, 300)]
    passed = [local_day(now, there) - start for now in clock]

    for symbol, answers in ((">=", [n >= 1 for n in passed]), ("==", [n == 1 for n in passed])):
        for i, now in enumerate(clock[:250]):
            change = days_change(symbol, start, 1, now=now, zone=there)
            flip = next((k for k in range(i, len(clock)) if answers[k] != answers[i]), None)
            assert flip is None or (change is not None and clock[flip - 1] < change <= clock[flip])


def test_a_score_falls_below_its_mark_to_the_millisecond() -> None:
    score = Sum(parts=(Points(points=80, at=NOW, decay=Decay.HALVING, over=30 * DAY),))

    evaluation = asked("score >= 40", score=score)

    assert evaluation.value is True
    assert evaluation.next_at is not None
    assert abs(evaluation.next_at - (NOW + 30 * DAY)) < timedelta(seconds=1)
    assert asked("score >= 40", score=score, now=evaluation.next_at).value is False
    assert asked("score >= 40", score=score, now=evaluation.next_at - MS).value is True


def test_points_that_only_fall_never_rise_to_a_mark() -> None:
    score = Sum(parts=(Points(points=30, at=NOW, decay=Decay.LINEAR, over=30 * DAY),))

    assert asked("score >= 40", score=score).next_at is None


def test_a_capped_group_starts_to_fall_when_it_leaves_its_cap() -> None:
    group = Sum(parts=(Points(points=80, at=NOW, decay=Decay.LINEAR, over=80 * DAY),), cap=50)

    evaluation = asked("score >= 50", score=Sum(parts=(group,)))

    assert evaluation.next_at is not None
    assert timedelta() < evaluation.next_at - (NOW + 30 * DAY) < timedelta(seconds=1)


def test_points_above_and_below_zero_wake_early_but_never_late() -> None:
    score = Sum(
        parts=(
            Points(points=60, at=NOW, decay=Decay.HALVING, over=30 * DAY),
            Points(points=-40, at=NOW, decay=Decay.HALVING, over=5 * DAY),
        )
    )
    condition, facts = compiled("score >= 30"), Facts(fields={"score": score})

    first = evaluate(condition, facts, now=NOW)

    assert first.value is False
    assert first.next_at is not None
    now = NOW
    while not score.at(now) >= 30:
        now += timedelta(minutes=1)
    assert first.next_at <= now


def test_points_that_only_near_a_mark_do_not_wake_for_ever() -> None:
    stays = Points(points=60, at=NOW)
    taken = Points(points=-10, at=NOW)
    fades = Points(points=5, at=NOW, decay=Decay.HALVING, over=DAY)
    score = Sum(parts=(Sum(parts=(stays, fades)), taken))

    assert asked("score >= 50", score=score).next_at is None
    above = asked("score > 50", score=score)
    assert above.next_at is not None
    assert NOW + 20 * DAY < above.next_at < NOW + 40 * DAY
    assert asked("score > 50", score=score, now=NOW + 40 * DAY).next_at is None


def test_a_plain_number_is_a_score_that_does_not_fall() -> None:
    assert (asked("score >= 40", score=41).value, asked("score >= 40", score=41).next_at) == (
        True,
        None,
    )


def test_points_need_time_to_decay_over() -> None:
    with pytest.raises(ValueError, match="time to decay"):
        Points(points=1, at=NOW, decay=Decay.LINEAR, over=timedelta())


def test_an_operator_decided_by_one_operand_waits_for_that_one_only() -> None:
    source = "since(tasting) > days(1) or since(tasting) < days(9)"

    assert asked(source, tasting=NOW - 2 * DAY).next_at is None


def test_an_operator_that_needs_both_operands_waits_for_the_earlier() -> None:
    source = "since(tasting) > days(1) and since(tasting) < days(9)"

    assert asked(source, tasting=NOW - 2 * DAY).next_at == NOW + 7 * DAY


def test_a_choice_waits_for_its_test_and_for_what_it_chose() -> None:
    source = "(since(tasting) < days(4)) if since(tasting) < days(3) else vip"

    assert asked(source, tasting=NOW).next_at == NOW + 3 * DAY


def test_a_comparison_waits_for_a_choice_within_it_too() -> None:
    source = "until(tasting if since(created_at) > days(5) else last_seen) < days(1)"
    facts: dict[str, Any] = {"created_at": NOW, "tasting": NOW, "last_seen": NOW + 90 * DAY}

    assert asked(source, **facts).next_at == NOW + 5 * DAY + MS


def test_there_is_no_instant_behind_the_last() -> None:
    assert from_ms(10**18) is None
