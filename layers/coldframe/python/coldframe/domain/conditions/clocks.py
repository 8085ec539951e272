"""The comparisons that read the clock: each knows when its own answer changes."""

from coldframe.domain.conditions import nodes, words
from coldframe.domain.conditions.calendar import days_change, local_day
from coldframe.domain.conditions.comparing import (
    MIRRORED,
    compare,
    count_within,
    edge_change,
    window_change,
)
from coldframe.domain.conditions.decay import Sum, fading_change
from coldframe.domain.conditions.facts import read
from coldframe.domain.conditions.given import Given, Outcome
from coldframe.domain.conditions.instants import from_ms, sooner
from coldframe.domain.conditions.nodes import Type


def counted(node: nodes.Counted, given: Given) -> Outcome:
    times = given.times(node.key)
    found = count_within(times, within=node.within, now=given.now)
    until = None
    if node.within is not None:
        until = window_change(node.symbol, node.number, times, within=node.within, now=given.now)
    return given.answer(
        compare(node.symbol, found, node.number),
        until,
        lambda: words.happened(node, found, kept=len(times)),
    )


def elapsed(node: nodes.Elapsed, given: Given, *, instant: Outcome, duration: Outcome) -> Outcome:
    """``now - instant <symbol> duration`` as ``now <symbol> edge``; ahead, the mirror image."""
    until = sooner(instant.until, duration.until)
    if not isinstance(instant.value, int | float) or not isinstance(duration.value, int | float):
        return given.answer(False, until, lambda: words.elapsed(node, None, duration.value))  # noqa: FBT003 - the answer
    edge = instant.value - duration.value if node.ahead else instant.value + duration.value
    symbol = MIRRORED[node.symbol] if node.ahead else node.symbol
    passed = (instant.value - given.now) if node.ahead else given.now - instant.value
    return given.answer(
        compare(symbol, given.now, edge),
        sooner(until, edge_change(symbol, edge, now=given.now)),
        lambda: words.elapsed(node, passed, duration.value),
    )


def calendar_days(
    node: nodes.CalendarDays, given: Given, *, day: Outcome, number: Outcome
) -> Outcome:
    until = sooner(day.until, number.until)
    if not isinstance(day.value, int | float) or not isinstance(number.value, int | float):
        return given.answer(False, until, lambda: words.days(node, None, number.value))  # noqa: FBT003 - the answer
    zone = given.facts.zone
    start = int(day.value) if node.type is Type.DATE else local_day(int(day.value), zone)
    passed = local_day(given.now, zone) - start
    symbol = MIRRORED[node.symbol] if node.ahead else node.symbol
    wanted = -number.value if node.ahead else number.value
    return given.answer(
        compare(symbol, passed, wanted),
        sooner(until, days_change(symbol, start, wanted, now=given.now, zone=zone)),
        lambda: words.days(node, -passed if node.ahead else passed, number.value),
    )


def fading(node: nodes.Fading, given: Given, *, number: Outcome) -> Outcome:
    raw, until = given.raw(node.name)
    until = sooner(until, number.until)
    at = from_ms(given.now)
    points = read(raw.at(at) if isinstance(raw, Sum) and at else raw, Type.NUMBER)
    if not isinstance(points, int | float) or not isinstance(number.value, int | float):
        return given.answer(False, until, lambda: words.faded(node, None, number.value))  # noqa: FBT003 - the answer
    if isinstance(raw, Sum):
        change = fading_change(node.symbol, raw, number.value, now=given.now)
        until = sooner(until, change)
    return given.answer(
        compare(node.symbol, points, number.value),
        until,
        lambda: words.faded(node, points, number.value),
    )
