"""Our functions: what each takes and what it gives."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Final

from jinja2.nodes import Node as Parsed

from coldframe.domain.conditions import instants, nodes
from coldframe.domain.conditions.instants import duration_ms
from coldframe.domain.conditions.memory import memory_key
from coldframe.domain.conditions.nodes import MemoryRule, Scalar, Type
from infra.playbook.conditions.arithmetic import product
from infra.playbook.conditions.built_in import FUNCTIONS
from infra.playbook.conditions.catalogue import EventSpec
from infra.playbook.conditions.checked import (
    Check,
    Checked,
    Count,
    Days,
    Plain,
    Span,
    a,
    each,
    in_words,
    plain,
    wrong,
)
from infra.reading.problems import did_you_mean

_EXAMPLES: Final = {spec.name: spec.examples[0] for spec in FUNCTIONS}
_UNITS: Final = {f"{unit}s": length for unit, length in instants.UNITS.items()}
_FIXED: Final = {Type.TEXT, Type.NUMBER, Type.BOOLEAN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    at: Parsed
    value: Checked

    def constant(self) -> Scalar | None:
        """What is written out, if it is."""
        node = self.value.node if isinstance(self.value, Plain) else None
        if not isinstance(node, nodes.Const) or isinstance(node.value, tuple):
            return None
        return node.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    name: str
    at: Parsed
    check: Check
    plain: tuple[Argument, ...]
    named: dict[str, Argument]

    def only(self) -> Argument:
        if len(self.plain) != 1 or self.named:
            raise wrong(self.at, f"{self.name} takes one value; write e.g. {_EXAMPLES[self.name]}")
        return self.plain[0]


def call(asked: Call) -> Checked:
    return _FUNCTIONS[asked.name](asked)


def _did(asked: Call) -> Checked:
    within = asked.named.get("within")
    happened = _happened(asked, besides={"within"})
    return Count(
        kind=happened.kind,
        where=happened.where,
        within=None if within is None else _window(within),
        label=happened.label,
    )


def _last(asked: Call) -> Checked:
    happened = _happened(asked)
    first = asked.name == "first"
    key = memory_key(happened.kind, happened.where, first=first)
    rule = MemoryRule(key=key, kind=happened.kind, where=happened.where, keep=1, first=first)
    asked.check.memory.append(rule)
    label = f"{'first' if first else 'last'} {happened.label}"
    return Plain(node=nodes.Moment(key=key, label=label), type=Type.INSTANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Happened:
    kind: str
    where: dict[str, Scalar]
    label: str


def _happened(asked: Call, *, besides: Collection[str] = ()) -> _Happened:
    """The event's kind, and the values it must have."""
    event = _event(asked)
    asked_for = {name: value for name, value in asked.named.items() if name not in besides}
    values = each([partial(_value, event, name, argument) for name, argument in asked_for.items()])
    where = dict(zip(asked_for, values, strict=True))
    details = ", ".join(f"{name} {value}" for name, value in where.items())
    label = event.label or event.kind
    return _Happened(
        kind=event.kind, where=where, label=f"{label} ({details})" if details else label
    )


def _event(asked: Call) -> EventSpec:
    kind = asked.plain[0].constant() if len(asked.plain) == 1 else None
    if not isinstance(kind, str):
        raise wrong(
            asked.at,
            f"{asked.name} takes the kind of an event in quotes, then property=value;"
            f" write e.g. {_EXAMPLES[asked.name]}",
        )
    event = asked.check.catalogue.events.get(kind)
    if event is None:
        known = asked.check.catalogue.events
        raise wrong(asked.plain[0].at, f"there is no event {kind!r}{did_you_mean(kind, known)}")
    return event


def _value(event: EventSpec, name: str, argument: Argument) -> Scalar:
    properties = event.properties
    if properties is not None and name not in properties:
        known = [*properties, "within"]
        raise wrong(argument.at, f"{event.kind} has no {name!r}{did_you_mean(name, known)}")
    value = argument.constant()
    if value is None or not isinstance(argument.value, Plain) or argument.value.type not in _FIXED:
        raise wrong(argument.at, f"{name} must be written out: text, a number, true or false")
    wanted = (properties or {}).get(name)
    given = argument.value.type
    if wanted is not None and given is not (Type.TEXT if wanted is Type.LIST else wanted):
        raise wrong(argument.at, f"{name} of {event.kind} is {a(wanted)}, not {a(given)}")
    return value


def _window(argument: Argument) -> int | float:
    written = argument.constant()
    length = duration_ms(written) if isinstance(written, str) else written
    is_duration = isinstance(argument.value, Plain) and argument.value.type is Type.DURATION
    if (
        isinstance(length, bool)
        or not isinstance(length, int | float)
        or not (isinstance(written, str) or is_duration)
    ):
        raise wrong(argument.at, 'within must be a duration; write within="30 days"')
    if length <= 0:
        raise wrong(argument.at, "within must be longer than nothing")
    return length


def _span(asked: Call) -> Checked:
    argument = asked.only()
    value = plain(argument.at, argument.value)
    if value.type is Type.DATE:
        instead = f"calendar_days_{asked.name}"
        raise wrong(argument.at, f"{in_words(value)} is a date; write {instead}(…)")
    if value.type is not Type.INSTANT:
        raise wrong(argument.at, f"{in_words(value)} is {a(value.type)}, not an instant")
    return Span(instant=value.node, ahead=asked.name == "until")


def _days(asked: Call) -> Checked:
    argument = asked.only()
    value = plain(argument.at, argument.value)
    if value.type not in {Type.INSTANT, Type.DATE}:
        raise wrong(argument.at, f"{in_words(value)} is {a(value.type)}, not an instant or a date")
    return Days(day=value.node, type=value.type, ahead=asked.name.endswith("until"))


def _duration(asked: Call) -> Checked:
    argument = asked.only()
    value = plain(argument.at, argument.value)
    if value.type is not Type.NUMBER:
        raise wrong(argument.at, f"{in_words(value)} is {a(value.type)}, not a number")
    unit = nodes.Const(value=_UNITS[asked.name], type=Type.DURATION)
    return product(asked.at, "*", value, Plain(node=unit, type=Type.DURATION), Type.DURATION)


def _in_segment(asked: Call) -> Checked:
    name = asked.only().constant()
    known = asked.check.catalogue.segments
    if not isinstance(name, str):
        raise wrong(asked.at, f"in_segment takes a name; write e.g. {_EXAMPLES['in_segment']}")
    if name not in known:
        raise wrong(asked.only().at, f"there is no segment {name!r}{did_you_mean(name, known)}")
    asked.check.segments.add(name)
    return Plain(node=nodes.InSegment(name=name), type=Type.BOOLEAN)


def _matches(asked: Call) -> Checked:
    patterns = [argument.constant() for argument in asked.plain[1:]]
    texts = tuple(pattern for pattern in patterns if isinstance(pattern, str))
    if asked.named or not patterns or len(texts) != len(patterns):
        raise wrong(
            asked.at, f"matches takes a text and patterns; write e.g. {_EXAMPLES['matches']}"
        )
    value = plain(asked.plain[0].at, asked.plain[0].value)
    if value.type is not Type.TEXT:
        raise wrong(asked.plain[0].at, f"{in_words(value)} is {a(value.type)}, not text")
    return Plain(node=nodes.Matches(operand=value.node, patterns=texts), type=Type.BOOLEAN)


_FUNCTIONS: Final[dict[str, Callable[[Call], Checked]]] = {
    "did": _did,
    "last": _last,
    "first": _last,
    "since": _span,
    "until": _span,
    "calendar_days_since": _days,
    "calendar_days_until": _days,
    **dict.fromkeys(_UNITS, _duration),
    "in_segment": _in_segment,
    "matches": _matches,
}
NAMES: Final = frozenset(_FUNCTIONS)
