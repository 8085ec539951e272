"""What each part of an expression turns out to be, while it is checked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from jinja2.nodes import Call as ParsedCall
from jinja2.nodes import Node as Parsed

from coldframe.domain.conditions import nodes
from coldframe.domain.conditions.nodes import MemoryRule, Node, Scalar, Type
from coldframe.domain.conditions.words import show
from infra.playbook.conditions.catalogue import Catalogue
from infra.playbook.conditions.parsing import Mistake

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A value that the clock alone never changes."""

    node: Node
    type: Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """did(…)"""

    kind: str
    where: Mapping[str, Scalar]
    within: int | float | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """since(…), until(…)"""

    instant: Node
    ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """calendar_days_since(…), calendar_days_until(…)"""

    day: Node
    type: Type
    ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fading:
    """A field of points that decay."""

    name: str
    label: str


Running: TypeAlias = Count | Span | Days | Fading
"""What must be compared, because the clock changes it."""

Checked: TypeAlias = Plain | Running

_NAMES = {Count: "did(…)", Span: "since(…) or until(…)", Days: "a number of calendar days"}


def in_words(checked: Checked) -> str:
    if isinstance(checked, Fading):
        return f"`{checked.name}`, which falls with time,"
    if not isinstance(checked, Plain):
        return _NAMES[type(checked)]
    if isinstance(checked.node, nodes.Field):
        return f"`{checked.node.name}`"
    if isinstance(checked.node, nodes.Const):
        text = isinstance(checked.node.value, str)
        return f'"{checked.node.value}"' if text else show(checked.node.value, checked.type)
    return "this"


def kind_of(checked: Checked) -> str:
    """With its article."""
    if isinstance(checked, Plain):
        return a(checked.type)
    return "a duration" if isinstance(checked, Span) else "a number"


def a(type_: Type) -> str:
    if type_ is Type.TEXT:
        return "text"
    if type_ is Type.BOOLEAN:
        return "true or false"
    return f"{'an' if type_ is Type.INSTANT else 'a'} {type_}"


class Wrong(Exception):
    """Parts of the expression make no sense; their neighbours are checked all the same."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


def wrong(at: Parsed, text: str) -> Wrong:
    """At the start of what is meant; Jinja places a call at its bracket."""
    place = at.node if isinstance(at, ParsedCall) else at
    return Wrong(Mistake(start=place.lineno, text=text))


def each(parts: Iterable[Callable[[], T]]) -> list[T]:
    """All parts, or all that is wrong with them."""
    done: list[T] = []
    mistakes: list[Mistake] = []
    for part in parts:
        try:
            done.append(part())
        except Wrong as found:
            mistakes += found.mistakes
    if mistakes:
        raise Wrong(*mistakes)
    return done


@dataclass(slots=True, kw_only=True)
class Check:
    """One expression's check: what it may name, and what it turns out to need."""

    catalogue: Catalogue
    memory: list[MemoryRule] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    segments: set[str] = field(default_factory=set)


def plain(at: Parsed, checked: Checked) -> Plain:
    """A value that may be calculated with; the clock's can't."""
    if isinstance(checked, Plain):
        return checked
    raise wrong(
        at,
        f"{in_words(checked)} can only be compared, e.g. {example(checked)};"
        " bring everything else to the other side",
    )


def boolean(at: Parsed, checked: Checked) -> Node:
    """Something that holds or doesn't."""
    if not isinstance(checked, Plain):
        raise wrong(at, f"{in_words(checked)} must be compared, e.g. {example(checked)}")
    if checked.type is not Type.BOOLEAN:
        raise wrong(
            at,
            f"{in_words(checked)} is {a(checked.type)}, not true or false;"
            " compare it, or ask whether it `is known`",
        )
    return _holds(checked.node)


def _holds(node: Node) -> Node:
    if not isinstance(node, nodes.Field):
        return node
    true = nodes.Const(value=True, type=Type.BOOLEAN)
    return nodes.Compare(symbol="==", left=node, right=true, type=Type.BOOLEAN)


def example(running: Running) -> str:
    match running:
        case Count():
            return f'did("{running.kind}") >= 1'
        case Span():
            return f"{'until' if running.ahead else 'since'}(…) > days(3)"
        case Days():
            return f"calendar_days_{'until' if running.ahead else 'since'}(…) >= 3"
        case Fading():
            return f"{running.name} >= 50"
