"""Expressions of a playbook, checked whole and compiled to the tree that the domain evaluates."""

from jinja2 import nodes as parsed

from coldframe.domain.conditions.memory import merged
from coldframe.domain.conditions.nodes import Condition, Node, Type
from infra.playbook.conditions.catalogue import Catalogue
from infra.playbook.conditions.checked import Check, Wrong, a, wrong
from infra.playbook.conditions.checking import holds, value
from infra.playbook.conditions.parsing import ConditionMistakes, parse
from infra.reading.problems import Spot


def compile_condition(
    source: str, *, catalogue: Catalogue, wants: Type = Type.BOOLEAN
) -> Condition:
    """Raises `ConditionMistakes` with every mistake. ``wants`` is the type that the place needs."""
    root = parse(source)
    check = Check(catalogue=catalogue)
    try:
        tree = _tree(root, check, wants)
    except Wrong as found:
        raise ConditionMistakes(found.mistakes, source=source) from None
    return Condition(
        source=source.strip(),
        type=wants,
        tree=tree,
        memory=merged(check.memory),
        fields=tuple(sorted(check.fields)),
        segments=tuple(sorted(check.segments)),
    )


def condition_at(
    spot: Spot, source: str, *, catalogue: Catalogue, wants: Type = Type.BOOLEAN
) -> Condition | None:
    """None, and every mistake is reported at the spot, if the expression is wrong."""
    try:
        return compile_condition(source, catalogue=catalogue, wants=wants)
    except ConditionMistakes as wrong_here:
        for mistake in wrong_here.mistakes:
            spot.report(mistake.within(source))
        return None


def _tree(root: parsed.Expr, check: Check, wants: Type) -> Node:
    if wants is Type.BOOLEAN:
        return holds(root, check)
    found = value(root, check)
    if found.type is not wants:
        raise wrong(root, f"gives {a(found.type)}, but {a(wants)} is needed here")
    return found.node
