"""The expressions of a journey, read where they stand with the words that the client declares."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from coldframe.domain.conditions.nodes import Condition, Type
from infra.reading.nodes import Node
from infra.reading.problems import Spot, did_you_mean

if TYPE_CHECKING:
    from infra.playbook.conditions.catalogue import FieldSpec

Compile: TypeAlias = Callable[[Spot, str, Type], Condition | None]
"""Reports what is wrong with an expression at the place, and then gives None."""

SETTABLE: Final = frozenset({"zone", "locale", "country"})
"""Built-in fields that a journey may set; the others are ours to keep."""
_EXPRESSION: Final = re.compile(r"[(\[]| if ")
_MARK: Final = "="


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    compile: Compile
    fields: "Mapping[str, FieldSpec] | None"
    """None: they couldn't be read, and nothing is said against any name."""
    declared: frozenset[str] = frozenset()
    """The client's own."""

    def holds(self, node: Node) -> Condition | None:
        return self._read(node, Type.BOOLEAN)

    def lasts(self, node: Node) -> Condition | None:
        return self._read(node, Type.DURATION)

    def value_for(self, name: str, node: Node) -> str | int | bool | Condition | None:
        """What a field is set to: a value written out, or `=` and an expression."""
        if self.fields is None:
            return None
        known = self.declared | (SETTABLE & self.fields.keys())
        if name not in known:
            taken = "; it is ours to keep" if name in self.fields else did_you_mean(name, known)
            node.spot.report(f"no field {name!r} is declared in fields.yaml{taken}")
            return None
        spec = self.fields[name]
        text = str(node.raw.value) if node.is_text() else ""
        if text.startswith(_MARK):
            return self.compile(node.spot, text.removeprefix(_MARK), spec.type)
        return _literal(node, spec)

    def _read(self, node: Node, wants: Type) -> Condition | None:
        source = node.text()
        return self.compile(node.spot, source, wants) if source else None


def _literal(node: Node, spec: "FieldSpec") -> str | int | bool | None:
    if spec.type is Type.BOOLEAN:
        return node.yes_or_no()
    if spec.type is Type.NUMBER:
        return node.number()
    value = node.text()
    if value is not None and spec.type is Type.DATE and not _is_date(value):
        node.spot.report(f"{value!r} is no date; write e.g. `2030-12-31`")
        return None
    if value is not None and spec.choices and value not in spec.choices:
        node.spot.report(f"{spec.name} can't be {value!r}{did_you_mean(value, spec.choices)}")
        return None
    return value


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_expression(text: str) -> bool:
    """Whether a text that could be a duration is meant to be computed."""
    return bool(_EXPRESSION.search(text))
