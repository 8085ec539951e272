"""Jinja's tree to ours: the listed part of its grammar, type by type; the rest is a mistake."""

from functools import partial, singledispatch
from itertools import pairwise
from typing import Final

from jinja2 import nodes as parsed

from coldframe.domain.conditions import nodes
from coldframe.domain.conditions.nodes import Node, Type
from infra.playbook.conditions.arithmetic import RESULTS, product
from infra.playbook.conditions.calls import NAMES, Argument, Call, call
from infra.playbook.conditions.checked import (
    Check,
    Checked,
    Fading,
    Plain,
    a,
    boolean,
    each,
    plain,
    wrong,
)
from infra.playbook.conditions.comparisons import Sign, comparison
from infra.playbook.conditions.literals import list_of, literal
from infra.playbook.conditions.membership import membership
from infra.playbook.conditions.parsing import operands
from infra.reading.problems import did_you_mean

_SYMBOLS: Final = {
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "lteq": "<=",
    "gt": ">",
    "gteq": ">=",
    "in": "in",
    "notin": "not in",
}
_UNLISTED: Final = {
    "Getitem": "there are no [ ] behind a value",
    "Filter": "there are no filters (`|`); write `or` for one of two",
    "Concat": "texts can't be joined (`~`)",
    "Pow": "there is no `**`",
    "FloorDiv": "there is no `//`; write `/`",
    "Mod": "there is no `%`",
    "Pos": "leave the `+` before a value out",
    "Tuple": 'write a list in [ ], as ["retail", "food"]',
    "Dict": "there is nothing in { } here",
}


_NO_DOTS: Final = "write a field's name alone, and an event's kind in quotes"


@singledispatch
def check(expression: parsed.Node, _check: Check) -> Checked:
    name = type(expression).__name__
    raise wrong(expression, _UNLISTED.get(name, "this is not part of conditions"))


@check.register
def _(expression: parsed.Getattr, check_: Check) -> Checked:
    if isinstance(expression.node, parsed.Name):
        dotted = f"{expression.node.name}.{expression.attr}"
        if spec := check_.catalogue.fields.get(dotted):
            check_.fields.add(dotted)
            label = spec.label or dotted.replace(".", " ").replace("_", " ")
            return Plain(node=nodes.Field(name=dotted, type=spec.type, label=label), type=spec.type)
    name = expression.attr
    meant = f"write `{name}` alone" if name in check_.catalogue.fields else _NO_DOTS
    raise wrong(expression, f"there are no dots; {meant}")


@check.register
def _(expression: parsed.Const, _check: Check) -> Checked:
    return literal(expression)


@check.register
def _(expression: parsed.Name, check_: Check) -> Checked:
    name = expression.name
    spec = check_.catalogue.fields.get(name)
    if spec is None and name in NAMES:
        raise wrong(expression, f"{name} is a function; write {name}(…)")
    if spec is None:
        hint = did_you_mean(name, check_.catalogue.fields)
        raise wrong(expression, f"there is no field {name!r}{hint}")
    check_.fields.add(name)
    label = spec.label or name.replace("_", " ")
    if spec.fades:
        return Fading(name=name, label=label)
    return Plain(node=nodes.Field(name=name, type=spec.type, label=label), type=spec.type)


@check.register
def _(expression: parsed.List, check_: Check) -> Checked:
    items = each([partial(check, item, check_) for item in expression.items])
    return list_of(expression, items)


@check.register(parsed.And)
@check.register(parsed.Or)
def _(expression: parsed.And | parsed.Or, check_: Check) -> Checked:
    row = tuple(each([partial(holds, operand, check_) for operand in operands(expression)]))
    both = isinstance(expression, parsed.And)
    tree: Node = nodes.And(operands=row) if both else nodes.Or(operands=row)
    return Plain(node=tree, type=Type.BOOLEAN)


@check.register
def _(expression: parsed.Not, check_: Check) -> Checked:
    return Plain(node=nodes.Not(operand=holds(expression.node, check_)), type=Type.BOOLEAN)


def holds(expression: parsed.Node, check_: Check) -> Node:
    """An expression that must be true or false."""
    return boolean(expression, check(expression, check_))


def _test(expression: parsed.Node, check_: Check) -> Plain:
    return Plain(node=holds(expression, check_), type=Type.BOOLEAN)


def value(expression: parsed.Node, check_: Check) -> Plain:
    """An expression that the clock alone doesn't change."""
    return plain(expression, check(expression, check_))


@check.register
def _(expression: parsed.CondExpr, check_: Check) -> Checked:
    if expression.expr2 is None:
        raise wrong(expression, "an `if` needs its `else`")
    test, then, otherwise = each(
        [
            partial(_test, expression.test, check_),
            partial(value, expression.expr1, check_),
            partial(value, expression.expr2, check_),
        ]
    )
    if then.type is not otherwise.type:
        raise wrong(
            expression,
            f"gives {a(then.type)} or else {a(otherwise.type)}; both must be of one type",
        )
    branches = [
        boolean(expression, branch) if branch.type is Type.BOOLEAN else branch.node
        for branch in (then, otherwise)
    ]
    tree = nodes.IfElse(test=test.node, then=branches[0], otherwise=branches[1])
    return Plain(node=tree, type=then.type)


@check.register
def _(expression: parsed.Compare, check_: Check) -> Checked:
    symbols = [_SYMBOLS[operand.op] for operand in expression.ops]
    if len(symbols) > 1 and {"in", "not in"} & set(symbols):
        raise wrong(expression, "write `in` as a comparison of its own, joined by `and`")
    written = [expression.expr, *(operand.expr for operand in expression.ops)]
    sides = each([partial(check, side, check_) for side in written])
    trees = each(
        [
            partial(_compare, left, Sign(symbol=symbol, at=at, check=check_), right)
            for (left, right), symbol, at in zip(pairwise(sides), symbols, written, strict=False)
        ]
    )
    tree = trees[0] if len(trees) == 1 else nodes.And(operands=tuple(trees))
    return Plain(node=tree, type=Type.BOOLEAN)


def _compare(left: Checked, sign: Sign, right: Checked) -> Node:
    return (membership if sign.symbol in {"in", "not in"} else comparison)(left, sign, right)


@check.register
def _(expression: parsed.Test, check_: Check) -> Checked:
    if expression.name != "known":
        raise wrong(expression, f"there is no test `is {expression.name}`; write `is known`")
    if expression.args or expression.kwargs or expression.dyn_args or expression.dyn_kwargs:
        raise wrong(expression, "nothing follows `is known`; is an `and` missing?")
    asked = check(expression.node, check_)
    if isinstance(asked, Fading):
        field = nodes.Field(name=asked.name, type=Type.NUMBER, label=asked.label)
        return Plain(node=nodes.Known(operand=field), type=Type.BOOLEAN)
    if not isinstance(asked, Plain) or isinstance(asked.node, nodes.Const):
        raise wrong(expression, "ask `is known` of a field, of last(…) or of first(…)")
    return Plain(node=nodes.Known(operand=asked.node), type=Type.BOOLEAN)


@check.register(parsed.Add)
@check.register(parsed.Sub)
@check.register(parsed.Mul)
@check.register(parsed.Div)
def _(expression: parsed.BinExpr, check_: Check) -> Checked:
    sides = [expression.left, expression.right]
    left, right = each([partial(value, side, check_) for side in sides])
    symbol = str(expression.operator)
    type_ = RESULTS.get((symbol, left.type, right.type))
    if type_ is None:
        raise wrong(expression, f"{a(left.type)} `{symbol}` {a(right.type)} makes no sense")
    return product(expression, symbol, left, right, type_)


@check.register
def _(expression: parsed.Neg, check_: Check) -> Checked:
    operand = value(expression.node, check_)
    if operand.type not in {Type.NUMBER, Type.DURATION}:
        raise wrong(expression, f"`-` {a(operand.type)} makes no sense")
    zero = Plain(node=nodes.Const(value=0, type=operand.type), type=operand.type)
    return product(expression, "-", zero, operand, operand.type)


@check.register
def _(expression: parsed.Call, check_: Check) -> Checked:
    name = expression.node.name if isinstance(expression.node, parsed.Name) else ""
    if name in check_.catalogue.fields:
        raise wrong(expression, f"`{name}` is a field, not a function; leave the brackets out")
    if name not in NAMES:
        raise wrong(expression, f"there is no function {name!r}{did_you_mean(name, NAMES)}")
    if expression.dyn_args or expression.dyn_kwargs:
        raise wrong(expression, "write each value out; there are no `*` and `**`")
    keys = [keyword.key for keyword in expression.kwargs]
    if len(set(keys)) != len(keys):
        raise wrong(expression, f"{name} is given the same property twice")
    written = [*expression.args, *(keyword.value for keyword in expression.kwargs)]
    arguments = each([partial(_argument, one, check_) for one in written])
    count = len(expression.args)
    return call(
        Call(
            name=name,
            at=expression,
            check=check_,
            plain=tuple(arguments[:count]),
            named=dict(zip(keys, arguments[count:], strict=True)),
        )
    )


def _argument(expression: parsed.Node, check_: Check) -> Argument:
    return Argument(at=expression, value=check(expression, check_))
