"""Conditions to JSON and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from coldframe.domain.conditions import nodes
from coldframe.domain.conditions.nodes import Condition, MemoryRule, Node, Type

_KINDS: Final[dict[str, type[Any]]] = {
    "const": nodes.Const,
    "field": nodes.Field,
    "moment": nodes.Moment,
    "arithmetic": nodes.Arithmetic,
    "and": nodes.And,
    "or": nodes.Or,
    "not": nodes.Not,
    "if": nodes.IfElse,
    "known": nodes.Known,
    "compare": nodes.Compare,
    "in": nodes.In,
    "matches": nodes.Matches,
    "segment": nodes.InSegment,
    "counted": nodes.Counted,
    "elapsed": nodes.Elapsed,
    "days": nodes.CalendarDays,
    "fading": nodes.Fading,
}


def condition_to_json(condition: Condition) -> dict[str, Any]:
    return asdict(condition)


def condition_from_json(stored: Mapping[str, Any]) -> Condition:
    return Condition(
        source=stored["source"],
        type=Type(stored["type"]),
        tree=node_from_json(stored["tree"]),
        memory=tuple(MemoryRule(**rule) for rule in stored["memory"]),
        fields=tuple(stored["fields"]),
        segments=tuple(stored["segments"]),
    )


def node_from_json(stored: Mapping[str, Any]) -> Node:
    kind = _KINDS[stored["op"]]
    values = {name: _value(name, value) for name, value in stored.items() if name != "op"}
    node: Node = kind(**values)
    return node


def _value(name: str, stored: object) -> object:
    if name == "type":
        return Type(str(stored))
    if isinstance(stored, Mapping):
        return node_from_json(stored)
    if isinstance(stored, list | tuple):
        return tuple(_value("", item) for item in stored)
    return stored
