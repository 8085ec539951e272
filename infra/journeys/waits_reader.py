"""First pass over `wait`: a duration, an expression that gives one, an hour, a date of the lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from coldframe.domain.conditions.nodes import Condition, Const, IfElse, Type
from coldframe.domain.conditions.nodes import Node as Tree
from coldframe.domain.journey_steps import LocalTime
from infra.journeys.source import DateWait
from infra.journeys.times import clock, local_time, whole
from infra.journeys.words import Words, is_expression
from infra.reading.nodes import Node
from infra.reading.values import LONGEST, duration, in_words

MORNING: Final = 9 * 60
_FURTHEST: Final = 3660
"""Days before or after a date."""
IF_PAST: Final = ("go_on", "skip", "exit")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWait:
    time: timedelta | None = None
    computed: Condition | None = None
    date: DateWait | None = None
    until: LocalTime | None = None


def read_wait(node: Node, *, words: Words) -> tuple[ReadWait, str] | None:
    """What is waited for, and what a step that waits for it is called by default."""
    if node.is_text():
        return _span(node, words)
    if node.says("date"):
        return _date(node)
    keys = node.keys(optional=["for", "until"])
    if not node.spot.reported() and "for" not in keys and "until" not in keys:
        node.spot.report("says not how long; write `for: 2 days`, `until: 09:00` or both")
    span = keys.read("for", lambda value: _span(value, words)) or (ReadWait(), "")
    until = keys.read("until", local_time)
    return ReadWait(time=span[0].time, computed=span[0].computed, until=until), span[1]


def _span(node: Node, words: Words) -> tuple[ReadWait, str] | None:
    text = node.text()
    if text is None:
        return None
    if is_expression(text):
        computed = words.lasts(node)
        if computed:
            _check_outcomes(computed.tree, node)
        return ReadWait(computed=computed), ""
    time = duration(node)
    return (ReadWait(time=time), in_words(time).replace(" ", "-")) if time else None


def _check_outcomes(tree: Tree, node: Node) -> None:
    """What is written out can be judged here; nothing is waited for where a branch says zero."""
    if tree == Const(value=0, type=Type.DURATION):
        node.spot.report("waits for nothing; leave it out")
        return
    for length in _outcomes(tree):
        if length < 0:
            node.spot.report("waits a time below zero; a wait can't end before it begins")
        elif length > LONGEST.total_seconds() * 1000:
            node.spot.report("waits too long: at most a hundred years")


def _outcomes(tree: Tree) -> Iterator[float]:
    """Milliseconds."""
    match tree:
        case Const(value=int() | float() as length):
            yield length
        case IfElse(then=then, otherwise=otherwise):
            yield from _outcomes(then)
            yield from _outcomes(otherwise)


def _date(node: Node) -> tuple[ReadWait, str]:
    keys = node.keys(needed=["date", "if_past"], optional=["days", "at"])
    field = keys.located("date", Node.text)
    days = keys.read("days", lambda value: whole(value, low=-_FURTHEST, high=_FURTHEST)) or 0
    minute = keys.read("at", clock)
    if_past = keys.read("if_past", lambda value: value.one_of(IF_PAST)) or "go_on"
    if field is None:
        return ReadWait(), ""
    date = DateWait(
        field=field,
        days=days,
        minute=MORNING if minute is None else minute,
        if_past=if_past,
    )
    side = f"{abs(days)}-days-{'before' if days < 0 else 'after'}" if days else "for"
    return ReadWait(date=date), f"{side}-{re.sub(r'[^a-z0-9]+', '-', field.value.lower())}"
