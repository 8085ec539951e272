"""``in`` and ``not in``."""

from coldframe.domain.conditions import nodes
from coldframe.domain.conditions.nodes import Node, Type
from infra.playbook.conditions.checked import Checked, Count, Days, Plain, a, in_words, plain
from infra.playbook.conditions.comparisons import Sign, assert_choice, comparison


def membership(item: Checked, sign: Sign, items: Checked) -> Node:
    among = plain(sign.at, items)
    if among.type is Type.TEXT:
        raise sign.wrong('write a list in [ ], or matches(…, "*word*") to look into a text')
    if among.type not in {Type.LIST, Type.NUMBERS}:
        raise sign.wrong(f"{in_words(among)} is {a(among.type)}, not a list")
    negated = sign.symbol == "not in"
    if isinstance(item, Count | Days):
        return _one_of(item, sign, among, negated=negated)
    one = plain(sign.at, item)
    wanted = Type.TEXT if among.type is Type.LIST else Type.NUMBER
    if one.type is not wanted:
        raise sign.wrong(f"{in_words(one)} is {a(one.type)}, but the list holds {a(wanted)}")
    if isinstance(one.node, nodes.Const) and isinstance(among.node, nodes.Const):
        raise sign.wrong("both sides are fixed, so the answer is always the same")
    assert_choice(sign, one, among)
    return nodes.In(item=one.node, items=among.node, negated=negated, type=one.type)


def _one_of(item: Count | Days, sign: Sign, among: Plain, *, negated: bool) -> Node:
    """A number that the clock changes is compared with each of the list."""
    numbers = among.node.value if isinstance(among.node, nodes.Const) else ()
    if among.type is not Type.NUMBERS or not isinstance(numbers, tuple):
        raise sign.wrong(f"{in_words(item)} is a number, but the list holds text")
    each_sign = Sign(symbol="!=" if negated else "==", at=sign.at, check=sign.check)
    consts = (nodes.Const(value=number, type=Type.NUMBER) for number in numbers)
    row = tuple(
        comparison(item, each_sign, Plain(node=const, type=Type.NUMBER)) for const in consts
    )
    return nodes.And(operands=row) if negated else nodes.Or(operands=row)
