"""Random conditions, leads, clocks and zones against the naive yardstick, to the millisecond."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.conditions.facts import Facts
from coldframe.domain.conditions.stored import condition_from_json, condition_to_json
from coldframe.domain.touchpoint import Touchpoint
from tests.unit.conditions import writing
from tests.unit.conditions.examples import compiled, remembered
from tests.unit.conditions.oracle import Oracle

END = writing.START + timedelta(days=45)
MS = timedelta(milliseconds=1)
THOROUGH = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answers(
    source: str, history: Sequence[Touchpoint], lead: dict[str, Any], zone: ZoneInfo
) -> list[tuple[datetime, bool]]:
    """What someone believes who asks only when told to: from when, and the answer."""
    condition = compiled(source)
    facts = Facts(fields=lead, memory=remembered(condition.memory, *history), zone=zone)
    believed: list[tuple[datetime, bool]] = []
    now: datetime | None = writing.START
    while now is not None and now < END:
        evaluation = evaluate(condition, facts, now=now)
        assert evaluation.next_at is None or evaluation.next_at > now
        believed.append((now, evaluation.value is True))
        now = evaluation.next_at
        assert len(believed) < 2000, "asks without end"
    return believed


def flips(oracle: Oracle, grid: list[datetime]) -> list[datetime]:
    """The instants behind which the true answer is another, found by halving."""
    found = []
    for before, after in pairwise(grid):
        if oracle.holds(before) != oracle.holds(after):
            low, high = before, after
            while high - low > MS:
                middle = low + (high - low) // 2 // MS * MS
                same = oracle.holds(middle) == oracle.holds(before)
                low, high = (middle, high) if same else (low, middle)
            found.append(high)
    return found


def believed_at(now: datetime, believed: list[tuple[datetime, bool]]) -> bool:
    return [answer for since, answer in believed if since <= now][-1]


@THOROUGH
@given(
    source=writing.conditions,
    history=writing.histories,
    lead=writing.leads,
    zone=writing.ZONES,
    steps=st.lists(st.integers(1, 45 * 86_400_000 - 1), max_size=20),
)
def test_no_change_is_ever_noticed_late(
    source: str,
    history: list[Touchpoint],
    lead: dict[str, Any],
    zone: ZoneInfo,
    steps: list[int],
) -> None:
    oracle = Oracle(condition=compiled(source), history=history, fields=lead, zone=zone)
    believed = answers(source, history, lead, zone)

    hours = [writing.START + timedelta(hours=6 * n) for n in range(45 * 4)]
    grid = sorted({*hours, *(writing.START + step * MS for step in steps)})
    changes = flips(oracle, grid)
    woken = [instant for since, _ in believed for instant in (since, max(hours[0], since - MS))]

    for now in (*grid, *changes, *(change - MS for change in changes), *woken):
        assert believed_at(now, believed) == oracle.holds(now), now


@THOROUGH
@given(
    source=writing.conditions,
    history=writing.histories,
    lead=writing.leads,
    zone=writing.ZONES,
    order=st.randoms(use_true_random=False),
)
def test_memory_answers_as_the_full_history_does_whatever_its_order(
    source: str,
    history: list[Touchpoint],
    lead: dict[str, Any],
    zone: ZoneInfo,
    order: Random,
) -> None:
    condition = compiled(source)
    shuffled = [*history, *history[:3]]
    order.shuffle(shuffled)
    facts = Facts(fields=lead, memory=remembered(condition.memory, *shuffled), zone=zone)

    evaluation = evaluate(condition, facts, now=writing.START, explain=True)

    oracle = Oracle(condition=condition, history=history, fields=lead, zone=zone)
    assert evaluation.value == oracle.holds(writing.START)
    assert evaluation.because


@THOROUGH
@given(source=writing.conditions)
def test_a_condition_survives_storage(source: str) -> None:
    condition = compiled(source)

    assert condition_from_json(json.loads(json.dumps(condition_to_json(condition)))) == condition
