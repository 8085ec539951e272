"""Why a condition answered as it did, in words for the people who wrote it."""

from dataclasses import dataclass
from typing import Final

from coldframe.domain.conditions import nodes
from coldframe.domain.conditions.instants import UNITS, from_ms
from coldframe.domain.conditions.nodes import Node, Scalar, Type, Value

NEEDS: Final = {
    "==": "exactly",
    "!=": "anything but",
    "<": "less than",
    "<=": "at most",
    ">": "more than",
    ">=": "at least",
}
_NEEDS_IN_TIME: Final = NEEDS | {
    "<": "before",
    "<=": "not after",
    ">": "after",
    ">=": "not before",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One comparison that decided, with its actual values. These may be personal: never logged."""

    holds: bool
    text: str


def because(clauses: tuple[Clause, ...]) -> str:
    """``because page seen 2 times in 30 days (needs at least 2) and industry is retail …``"""
    texts = dict.fromkeys(clause.text for clause in clauses)
    return f"because {' and '.join(texts)}" if texts else "always"


def name(node: Node) -> str:
    """What an operand is called."""
    match node:
        case nodes.Field() | nodes.Moment():
            return node.label
        case nodes.Arithmetic():
            return f"{name(node.left)} {node.symbol} {name(node.right)}"
        case nodes.Const():
            return show(node.value, node.type)
        case _:
            return "the value"


def show(value: Value, type_: Type) -> str:
    if value is None:
        return "not known"
    if isinstance(value, tuple):
        return " or ".join(str(item) for item in value) or "nothing"
    return _show_scalar(value, type_)


def _show_scalar(value: Scalar, type_: Type) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if type_ is Type.DURATION:
        return span(value)
    if type_ is Type.INSTANT:
        at = from_ms(int(value))
        return at.strftime("%Y-%m-%d %H:%M UTC") if at else "the end of time"
    return f"{_day(value)}" if type_ is Type.DATE else number(value)


def _day(ordinal: float) -> str:
    from datetime import date

    return date.fromordinal(int(ordinal)).isoformat()


def number(value: float) -> str:
    return f"{round(value, 2):.15g}"


def span(ms: float) -> str:
    """A length of time in its largest unit but weeks, as ``2.5 days``."""
    for unit in ("day", "hour", "minute"):
        count = round(ms / UNITS[unit], 1)
        if abs(count) >= 1 or unit == "minute":
            break
    return counted(count, unit)


def counted(count: float, noun: str) -> str:
    return f"{number(count)} {noun}" if count == 1 else f"{number(count)} {noun}s"


def compared(node: nodes.Compare, left: Value, right: Value) -> str:
    words = _NEEDS_IN_TIME if node.type in {Type.INSTANT, Type.DATE} else NEEDS
    plain = node.symbol == "==" and node.type in {Type.TEXT, Type.BOOLEAN}
    needs = "" if plain else f"{words[node.symbol]} "
    wanted = show(right, node.type)
    if not isinstance(node.right, nodes.Const):
        wanted = f"{name(node.right)}, {wanted}"
    return f"{name(node.left)} is {show(left, node.type)} (needs {needs}{wanted})"


def contained(node: nodes.In, item: Value, items: Value) -> str:
    needs = "none of" if node.negated else "one of"
    if isinstance(node.items, nodes.Const):
        wanted = ", ".join(map(str, items)) if isinstance(items, tuple) else ""
        return f"{name(node.item)} is {show(item, node.type)} (needs {needs} {wanted})"
    found = "not known" if items is None else "empty"
    if isinstance(items, tuple) and items:
        found = ", ".join(map(str, items))
    wanted = f"{'not ' if node.negated else ''}{show(item, node.type)}"
    return f"{name(node.items)} is {found} (needs {wanted})"


def happened(node: nodes.Counted, found: int, *, kept: int) -> str:
    times = "never" if found == 0 else counted(found, "time")
    more = " or more" if 0 < node.keep <= found == kept else ""
    window = "" if node.within is None else f" in {span(node.within)}"
    needs = f"{NEEDS[node.symbol]} {number(node.number)}"
    return f"{node.label} {times}{more}{window} (needs {needs})"


def elapsed(node: nodes.Elapsed, passed: float | None, wanted: Value) -> str:
    needs = f"(needs {NEEDS[node.symbol]} {show(wanted, Type.DURATION)})"
    if passed is None:
        return f"{name(node.instant)} is not known {needs}"
    past = passed < 0 if node.ahead else passed >= 0
    when = f"was {span(abs(passed))} ago" if past else f"is {span(abs(passed))} from now"
    return f"{name(node.instant)} {when} {needs}"


def days(node: nodes.CalendarDays, count: int | None, wanted: Value) -> str:
    needs = f"(needs {NEEDS[node.symbol]} {show(wanted, Type.NUMBER)})"
    if count is None:
        return f"{name(node.day)} is not known {needs}"
    way = "until" if node.ahead else "since"
    return f"{counted(count, 'calendar day')} {way} {name(node.day)} {needs}"


def faded(node: nodes.Fading, points: float | None, wanted: Value) -> str:
    needs = f"(needs {NEEDS[node.symbol]} {show(wanted, Type.NUMBER)})"
    return f"{node.label} is {'not known' if points is None else number(points)} {needs}"


def known(node: nodes.Known, *, known: bool) -> str:
    return f"{name(node.operand)} is {'' if known else 'not '}known"


def matched(node: nodes.Matches, text: Value) -> str:
    wanted = " or ".join(node.patterns)
    return f"{name(node.operand)} is {show(text, Type.TEXT)} (needs {wanted})"


def in_segment(node: nodes.InSegment, *, inside: bool) -> str:
    return f"{'in' if inside else 'not in'} segment {node.name}"
