"""Values written out: texts, numbers, true and false, and lists of them."""

from typing import Final

from jinja2 import nodes as parsed

from coldframe.domain.conditions import nodes
from coldframe.domain.conditions.nodes import Type
from infra.playbook.conditions.checked import Checked, Plain, wrong

_LARGEST: Final = 10**15
_LONGEST_LIST: Final = 100


def literal(expression: parsed.Const) -> Plain:
    value = expression.value
    if isinstance(value, str):
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise wrong(expression, "this text holds half a character (\\ud800 to \\udfff)")
        return Plain(node=nodes.Const(value=value, type=Type.TEXT), type=Type.TEXT)
    if isinstance(value, bool):
        return Plain(node=nodes.Const(value=value, type=Type.BOOLEAN), type=Type.BOOLEAN)
    if value is None:
        raise wrong(expression, "there is no `none`; ask whether something `is not known`")
    if not -_LARGEST <= value <= _LARGEST:
        raise wrong(expression, "this number is too large")
    return Plain(node=nodes.Const(value=value, type=Type.NUMBER), type=Type.NUMBER)


def list_of(expression: parsed.List, items: list[Checked]) -> Plain:
    values = [
        item.node.value
        for item in items
        if isinstance(item, Plain) and isinstance(item.node, nodes.Const)
    ]
    kinds = {item.type for item in items if isinstance(item, Plain)}
    if len(values) != len(items) or kinds not in ({Type.TEXT}, {Type.NUMBER}):
        raise wrong(expression, "a list holds written-out texts, or numbers, of one type")
    if len(items) > _LONGEST_LIST:
        raise wrong(expression, f"a list holds {_LONGEST_LIST} values at most")
    type_ = Type.LIST if kinds == {Type.TEXT} else Type.NUMBERS
    scalars = tuple(value for value in values if not isinstance(value, tuple))
    return Plain(node=nodes.Const(value=scalars, type=type_), type=type_)
