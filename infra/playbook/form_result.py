"""A quiz's, poll's or calculator's result: an expression over the form's own answers."""

from typing import Final

from coldframe.domain.conditions.nodes import Condition, Type
from infra.playbook.conditions.catalogue import Catalogue, FieldSpec, catalogue_of
from infra.playbook.conditions.compiling import compile_condition
from infra.playbook.conditions.parsing import ConditionMistakes
from infra.playbook.declared import FieldType, type_of
from infra.playbook.form_fields import Asked
from infra.reading.nodes import Node

POINTS: Final = "points"
"""All points together; those of one choice are `<field>_points`."""


def result_of(node: Node, asked: tuple[Asked, ...]) -> Condition | None:
    """A number or a text; None, and every mistake is reported, if it is neither."""
    source = node.text()
    if source is None:
        return None
    known = _catalogue(asked)
    try:
        return compile_condition(source, catalogue=known, wants=Type.NUMBER)
    except ConditionMistakes:
        pass
    try:
        return compile_condition(source, catalogue=known, wants=Type.TEXT)
    except ConditionMistakes as wrong:
        for mistake in wrong.mistakes:
            node.spot.report(mistake.within(source))
        return None


def _catalogue(asked: tuple[Asked, ...]) -> Catalogue:
    specs = [_number(POINTS)]
    for each in asked:
        if each.field.type != "consent":
            kind = type_of(FieldType(each.field.type))
            values = tuple(option.value for option in each.field.options)
            specs.append(FieldSpec(name=each.field.name, type=kind, choices=values))
        if any(option.points is not None for option in each.field.options):
            specs.append(_number(f"{each.field.name}_{POINTS}"))
    return catalogue_of(fields=specs)


def _number(name: str) -> FieldSpec:
    return FieldSpec(name=name, type=Type.NUMBER)
