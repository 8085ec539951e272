"""Evaluating a condition: its value, when that may next differ, and why it is so.

Three rules make the instant right. The clock is read only by comparisons, and each computes the
first instant at which its own answer is the other one (or one earlier, never later). An operator
that needs all its operands takes the earliest of them; one that a single operand decides, its.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import singledispatch
from typing import TypeAlias

from coldframe.domain.conditions import clocks, nodes, words
from coldframe.domain.conditions.arithmetic import calculate
from coldframe.domain.conditions.comparing import compare
from coldframe.domain.conditions.facts import Facts
from coldframe.domain.conditions.given import Given, Outcome
from coldframe.domain.conditions.instants import from_ms, sooner, to_ms
from coldframe.domain.conditions.nodes import Condition, Node, Type, Value
from coldframe.domain.conditions.wildcards import matches
from coldframe.domain.conditions.words import Clause

Answer: TypeAlias = Value | datetime | date | timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The value holds until ``next_at`` unless a touchpoint changes the facts; None: for ever."""

    value: Answer
    next_at: datetime | None
    clauses: tuple[Clause, ...] = ()
    """What decided, when asked to explain."""

    @property
    def because(self) -> str:
        return words.because(self.clauses)


def evaluate(
    condition: Condition, facts: Facts, *, now: datetime, explain: bool = False
) -> Evaluation:
    """``next_at`` is later than ``now``. It may come too early, and nothing differs; never late."""
    given = Given(facts=facts, now=to_ms(now), explain=explain)
    value, until, clauses = _outcome(condition.tree, given)
    next_at = None if until is None else from_ms(until)
    answer = _answer(value, condition.type)
    return Evaluation(value=answer, next_at=next_at, clauses=clauses)


def _answer(value: Value, type_: Type) -> Answer:
    """As callers know it; a boolean is never missing."""
    if type_ is Type.BOOLEAN:
        return value is True
    if not isinstance(value, int | float):
        return value
    if type_ is Type.INSTANT:
        return from_ms(math.ceil(value))
    if type_ is Type.DATE:
        return date.fromordinal(int(value))
    return timedelta(milliseconds=value) if type_ is Type.DURATION else value


@singledispatch
def _outcome(node: Node, _given: Given) -> Outcome:
    raise TypeError(f"no way to evaluate {type(node).__name__}")


@_outcome.register
def _(node: nodes.Const, _given: Given) -> Outcome:
    return Outcome(node.value, None)


@_outcome.register
def _(node: nodes.Field, given: Given) -> Outcome:
    return given.field(node.name, node.type)


@_outcome.register
def _(node: nodes.Moment, given: Given) -> Outcome:
    times = given.times(node.key)
    return Outcome(times[0] if times else None, None)


@_outcome.register
def _(node: nodes.Arithmetic, given: Given) -> Outcome:
    left, right = _outcome(node.left, given), _outcome(node.right, given)
    value = calculate(node.symbol, left.value, right.value)
    return Outcome(value, sooner(left.until, right.until))


@_outcome.register
def _(node: nodes.And, given: Given) -> Outcome:
    return _all(node.operands, given, going_on=True)


@_outcome.register
def _(node: nodes.Or, given: Given) -> Outcome:
    return _all(node.operands, given, going_on=False)


def _all(operands: tuple[Node, ...], given: Given, *, going_on: bool) -> Outcome:
    """As long as the operands answer ``going_on``; the first that doesn't decides alone."""
    until = None
    clauses: tuple[Clause, ...] = ()
    for operand in operands:
        outcome = _outcome(operand, given)
        if (outcome.value is True) is not going_on:
            return outcome
        until = sooner(until, outcome.until)
        clauses += outcome.clauses
    return Outcome(going_on, until, clauses)


@_outcome.register
def _(node: nodes.Not, given: Given) -> Outcome:
    value, until, clauses = _outcome(node.operand, given)
    return Outcome(value is not True, until, clauses)


@_outcome.register
def _(node: nodes.IfElse, given: Given) -> Outcome:
    test = _outcome(node.test, given)
    chosen = _outcome(node.then if test.value is True else node.otherwise, given)
    until = sooner(test.until, chosen.until)
    return Outcome(chosen.value, until, test.clauses + chosen.clauses)


@_outcome.register
def _(node: nodes.Known, given: Given) -> Outcome:
    value, until, _ = _outcome(node.operand, given)
    known = value is not None
    return given.answer(known, until, lambda: words.known(node, known=known))


@_outcome.register
def _(node: nodes.Compare, given: Given) -> Outcome:
    left, right = _outcome(node.left, given), _outcome(node.right, given)
    holds = compare(node.symbol, left.value, right.value)
    until = sooner(left.until, right.until)
    return given.answer(holds, until, lambda: words.compared(node, left.value, right.value))


@_outcome.register
def _(node: nodes.In, given: Given) -> Outcome:
    item, items = _outcome(node.item, given), _outcome(node.items, given)
    known = item.value is not None and isinstance(items.value, tuple)
    within = isinstance(items.value, tuple) and item.value in items.value
    until = sooner(item.until, items.until)
    return given.answer(
        known and within is not node.negated,
        until,
        lambda: words.contained(node, item.value, items.value),
    )


@_outcome.register
def _(node: nodes.Matches, given: Given) -> Outcome:
    text, until, _ = _outcome(node.operand, given)
    holds = isinstance(text, str) and any(
        matches(text.casefold(), pattern.casefold()) for pattern in node.patterns
    )
    return given.answer(holds, until, lambda: words.matched(node, text))


@_outcome.register
def _(node: nodes.InSegment, given: Given) -> Outcome:
    inside, until = given.segment(node.name)
    return given.answer(inside, until, lambda: words.in_segment(node, inside=inside))


@_outcome.register
def _(node: nodes.Counted, given: Given) -> Outcome:
    return clocks.counted(node, given)


@_outcome.register
def _(node: nodes.Elapsed, given: Given) -> Outcome:
    instant, duration = _outcome(node.instant, given), _outcome(node.duration, given)
    return clocks.elapsed(node, given, instant=instant, duration=duration)


@_outcome.register
def _(node: nodes.CalendarDays, given: Given) -> Outcome:
    day, number = _outcome(node.day, given), _outcome(node.number, given)
    return clocks.calendar_days(node, given, day=day, number=number)


@_outcome.register
def _(node: nodes.Fading, given: Given) -> Outcome:
    return clocks.fading(node, given, number=_outcome(node.number, given))
