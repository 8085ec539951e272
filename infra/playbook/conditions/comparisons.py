"""Comparisons: both sides of one type; the clock on one side at most."""

from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Final

from jinja2.nodes import Node as Parsed

from coldframe.domain.conditions import memory, nodes
from coldframe.domain.conditions.comparing import MIRRORED
from coldframe.domain.conditions.facts import read
from coldframe.domain.conditions.instants import duration_ms
from coldframe.domain.conditions.nodes import MemoryRule, Node, Type
from infra.playbook.conditions.checked import (
    Check,
    Checked,
    Count,
    Days,
    Fading,
    Plain,
    Running,
    Span,
    Wrong,
    a,
    example,
    in_words,
    kind_of,
    wrong,
)
from infra.reading.problems import did_you_mean

MOST_COUNTED: Final = 100
"""As many touchpoints of one thing are remembered at most."""

_ORDERED: Final = {"<", "<=", ">", ">="}
_NO_ORDER: Final = {Type.TEXT, Type.BOOLEAN}
_WRITTEN_AS_TEXT: Final = {
    Type.INSTANT: '"2026-11-21T09:00:00Z"',
    Type.DATE: '"2026-11-21"',
    Type.DURATION: '"30 days"',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A comparison's sign, and where it stands."""

    symbol: str
    at: Parsed
    check: Check

    def mirrored(self) -> "Sign":
        return replace(self, symbol=MIRRORED[self.symbol])

    def wrong(self, text: str) -> Wrong:
        return wrong(self.at, text)


def comparison(left: Checked, sign: Sign, right: Checked) -> Node:
    if isinstance(left, Plain):
        if isinstance(right, Plain):
            return _plain(left, sign, right)
        return _running(right, sign.mirrored(), left)
    if not isinstance(right, Plain):
        raise sign.wrong(
            "both sides change with time; compare one of them with a fixed value,"
            f" e.g. {example(left)}"
        )
    return _running(left, sign, right)


def _plain(left: Plain, sign: Sign, right: Plain) -> Node:
    if isinstance(left.node, nodes.Const):
        left, right, sign = right, left, sign.mirrored()
    if isinstance(left.node, nodes.Const):
        raise sign.wrong("both sides are fixed, so the answer is always the same")
    typed = as_type(sign.at, right, left.type)
    if typed.type is not left.type:
        raise sign.wrong(_unlike(left, right))
    if left.type in {Type.LIST, Type.NUMBERS}:
        raise sign.wrong('a list can\'t be compared; write e.g. "cakes" in topics')
    if left.type in _NO_ORDER and sign.symbol in _ORDERED:
        raise sign.wrong(
            f"{in_words(left)} is {a(left.type)}, which has no order; use `==`, `!=` or `in`"
        )
    assert_choice(sign, left, typed)
    return nodes.Compare(symbol=sign.symbol, left=left.node, right=typed.node, type=left.type)


def as_type(at: Parsed, written: Plain, type_: Type) -> Plain:
    """Instants, dates and durations are written as text; anything else stays what it is."""
    node = written.node
    if not isinstance(node, nodes.Const) or written.type is not Type.TEXT:
        return written
    if type_ not in _WRITTEN_AS_TEXT:
        return written
    value = read(node.value, type_)
    if value is None or isinstance(value, tuple):
        raise wrong(at, f'"{node.value}" is not {a(type_)}; write e.g. {_WRITTEN_AS_TEXT[type_]}')
    return Plain(node=nodes.Const(value=value, type=type_), type=type_)


def assert_choice(sign: Sign, one: Plain, other: Plain) -> None:
    """A field with a few choices is compared with one of those."""
    if not isinstance(one.node, nodes.Field) or not isinstance(other.node, nodes.Const):
        return
    choices = sign.check.catalogue.fields[one.node.name].choices
    values = other.node.value if isinstance(other.node.value, tuple) else (other.node.value,)
    unknown = [value for value in values if choices and value not in choices]
    for value in unknown:
        raise sign.wrong(f"`{one.node.name}` is never {value!r}{did_you_mean(str(value), choices)}")


def _unlike(left: Plain, right: Plain) -> str:
    hint = ""
    if {left.type, right.type} == {Type.INSTANT, Type.DATE}:
        hint = "; count calendar_days_since(…) each"
    elif {left.type, right.type} == {Type.INSTANT, Type.DURATION}:
        hint = "; write since(…) or until(…) around the instant"
    elif {left.type, right.type} == {Type.TEXT, Type.LIST}:
        hint = "; write `in`"
    return (
        f"{in_words(left)} is {kind_of(left)}, but {in_words(right)} is {kind_of(right)};"
        f" only values of one type can be compared{hint}"
    )


@singledispatch
def _running(left: Running, _sign: Sign, _right: Plain) -> Node:
    raise TypeError(f"no comparison of {type(left).__name__}")


@_running.register
def _(left: Count, sign: Sign, right: Plain) -> Node:
    number = right.node.value if isinstance(right.node, nodes.Const) else None
    if right.type is not Type.NUMBER or not isinstance(number, int):
        raise sign.wrong(
            f"did(…) must be compared with a whole number written out, e.g. {example(left)}"
        )
    keep = number if sign.symbol in {">=", "<"} else number + 1
    if keep < 1:
        raise sign.wrong("a count is never below 0, so the answer is always the same")
    if keep > MOST_COUNTED:
        raise sign.wrong(f"counts up to {MOST_COUNTED} only; write a smaller number")
    key = memory.memory_key(left.kind, left.where)
    sign.check.memory.append(MemoryRule(key=key, kind=left.kind, where=left.where, keep=keep))
    return nodes.Counted(
        symbol=sign.symbol, number=number, key=key, keep=keep, label=left.label, within=left.within
    )


@_running.register
def _(left: Span, sign: Sign, right: Plain) -> Node:
    name = "until(…)" if left.ahead else "since(…)"
    if sign.symbol not in _ORDERED:
        raise sign.wrong(_for_an_instant_only(name, example(left)))
    if right.type is Type.NUMBER:
        raise sign.wrong(f"{name} is a duration; say of what: minutes, hours, days(…)")
    typed = as_type(sign.at, right, Type.DURATION)
    if typed.type is not Type.DURATION:
        raise sign.wrong(
            f"{name} is a duration, but {in_words(right)} is {a(right.type)}; write days(…)"
        )
    return nodes.Elapsed(
        symbol=sign.symbol, instant=left.instant, duration=typed.node, ahead=left.ahead
    )


@_running.register
def _(left: Days, sign: Sign, right: Plain) -> Node:
    text = right.node.value if isinstance(right.node, nodes.Const) else None
    if right.type is Type.DURATION or (isinstance(text, str) and duration_ms(text)):
        raise sign.wrong(f"calendar days are a plain number; write e.g. {example(left)}")
    if right.type is not Type.NUMBER:
        raise sign.wrong(f"calendar days are a number, but {in_words(right)} is {a(right.type)}")
    return nodes.CalendarDays(
        symbol=sign.symbol, day=left.day, type=left.type, number=right.node, ahead=left.ahead
    )


@_running.register
def _(left: Fading, sign: Sign, right: Plain) -> Node:
    if sign.symbol not in _ORDERED:
        raise sign.wrong(_for_an_instant_only(f"`{left.name}`", f"{left.name} >= 50"))
    if right.type is not Type.NUMBER:
        raise sign.wrong(f"`{left.name}` is a number, but {in_words(right)} is {a(right.type)}")
    return nodes.Fading(symbol=sign.symbol, name=left.name, label=left.label, number=right.node)


def _for_an_instant_only(name: str, instead: str) -> str:
    return f"{name} equals a value for one instant only; write e.g. {instead}"
