"""The tree that a condition compiles to: data only, fit for JSON by `dataclasses.asdict`.

Instants and durations are milliseconds, dates are day numbers (`date.toordinal`), missing is None.
Whatever depends on the clock is one node together with its comparison, which knows when its own
answer changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = Scalar | tuple[Scalar, ...] | None


class Type(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    INSTANT = "instant"
    DATE = "date"
    DURATION = "duration"
    LIST = "list of text"
    NUMBERS = "list of numbers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Const:
    value: Scalar | tuple[Scalar, ...]
    type: Type
    op: str = field(default="const", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    name: str
    type: Type
    label: str
    op: str = field(default="field", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something was done last, or first; missing if never."""

    key: str
    label: str
    op: str = field(default="moment", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic:
    symbol: str
    left: "Node"
    right: "Node"
    type: Type
    op: str = field(default="arithmetic", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    operands: "tuple[Node, ...]"
    op: str = field(default="and", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    operands: "tuple[Node, ...]"
    op: str = field(default="or", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    operand: "Node"
    op: str = field(default="not", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IfElse:
    test: "Node"
    then: "Node"
    otherwise: "Node"
    op: str = field(default="if", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    operand: "Node"
    op: str = field(default="known", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """Two values of one type, neither of which depends on the clock by itself."""

    symbol: str
    left: "Node"
    right: "Node"
    type: Type
    op: str = field(default="compare", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class In:
    item: "Node"
    items: "Node"
    negated: bool
    type: Type
    """The item's."""
    op: str = field(default="in", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Text against wildcards, whatever the case of its letters."""

    operand: "Node"
    patterns: tuple[str, ...]
    op: str = field(default="matches", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InSegment:
    name: str
    op: str = field(default="segment", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How often something was done (within a sliding window), against a number."""

    symbol: str
    number: int | float
    key: str
    keep: int
    """As many of the newest as decide the comparison."""
    label: str
    within: int | float | None = None
    op: str = field(default="counted", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elapsed:
    """The time since (or, ahead, until) an instant, against a duration."""

    symbol: str
    instant: "Node"
    duration: "Node"
    ahead: bool
    op: str = field(default="elapsed", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDays:
    """The midnights of the lead's zone since (or, ahead, until) a day, against a number."""

    symbol: str
    day: "Node"
    type: Type
    """The day's: an instant or a date."""
    number: "Node"
    ahead: bool
    op: str = field(default="days", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fading:
    """A field whose points decay, against a number."""

    symbol: str
    name: str
    label: str
    number: "Node"
    op: str = field(default="fading", init=False)


Node: TypeAlias = (
    Const
    | Field
    | Moment
    | Arithmetic
    | And
    | Or
    | Not
    | IfElse
    | Known
    | Compare
    | In
    | Matches
    | InSegment
    | Counted
    | Elapsed
    | CalendarDays
    | Fading
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryRule:
    """What of a lead's history must be kept: the newest ``keep``, or the first one only."""

    key: str
    kind: str
    where: Mapping[str, Scalar]
    keep: int
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """An expression of a playbook, checked and compiled, with what it needs to be evaluated."""

    source: str
    type: Type
    tree: Node
    memory: tuple[MemoryRule, ...] = ()
    fields: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
