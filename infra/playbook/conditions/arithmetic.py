"""Which types plus, minus, times and by go with; what is written out is calculated at once."""

from typing import Final

from jinja2.nodes import Node as Parsed

from coldframe.domain.conditions import nodes
from coldframe.domain.conditions.arithmetic import calculate
from coldframe.domain.conditions.nodes import Type
from infra.playbook.conditions.checked import Plain, wrong

_N, _D, _I = Type.NUMBER, Type.DURATION, Type.INSTANT
RESULTS: Final = {
    **{(symbol, _N, _N): _N for symbol in "+-*/"},
    **{(symbol, _D, _D): _D for symbol in "+-"},
    **{(symbol, _D, _N): _D for symbol in "*/"},
    ("*", _N, _D): _D,
    ("/", _D, _D): _N,
    ("+", _I, _D): _I,
    ("+", _D, _I): _I,
    ("-", _I, _D): _I,
    ("-", _I, _I): _D,
}
"""What plus, minus, times and by make of which types."""


def product(at: Parsed, symbol: str, left: Plain, right: Plain, type_: Type) -> Plain:
    """Calculated at once where both sides are written out."""
    if symbol == "/" and isinstance(right.node, nodes.Const) and right.node.value == 0:
        raise wrong(at, "nothing can be divided by 0")
    if not isinstance(left.node, nodes.Const) or not isinstance(right.node, nodes.Const):
        tree = nodes.Arithmetic(symbol=symbol, left=left.node, right=right.node, type=type_)
        return Plain(node=tree, type=type_)
    value = calculate(symbol, left.node.value, right.node.value)
    if value is None:
        raise wrong(at, "this can't be calculated")
    return Plain(node=nodes.Const(value=value, type=type_), type=type_)
