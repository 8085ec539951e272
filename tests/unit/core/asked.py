"""Conditions, and the few words that the tests' journeys and leads have in common."""

from coldframe.domain.conditions.nodes import (
    Compare,
    Condition,
    Const,
    Counted,
    Field,
    IfElse,
    Known,
    MemoryRule,
    Type,
)

HOUR, DAY = 3600, 86_400
EVENTS = ("order.placed", "page.viewed", "email.clicked")
DATE_FIELD = "renewal_on"
COUNTED = MemoryRule(key="page.viewed", kind="page.viewed", where={}, keep=3)


def said(name: str, value: str) -> Condition:
    """A field holds this text."""
    tree = Compare(
        symbol="==",
        left=Field(name=name, type=Type.TEXT, label=name),
        right=Const(value=value, type=Type.TEXT),
        type=Type.TEXT,
    )
    return Condition(source=f'{name} == "{value}"', type=Type.BOOLEAN, tree=tree, fields=(name,))


def saw_pages(times: int) -> Condition:
    tree = Counted(
        symbol=">=",
        number=times,
        key="page.viewed",
        keep=3,
        label="page seen",
        within=7 * DAY * 1000,
    )
    return Condition(source="", type=Type.BOOLEAN, tree=tree, memory=(COUNTED,))


def days_if_known(name: str, *, known: int, otherwise: int) -> Condition:
    tree = IfElse(
        test=Known(operand=Field(name=name, type=Type.TEXT, label=name)),
        then=Const(value=known * DAY * 1000, type=Type.DURATION),
        otherwise=Const(value=otherwise * DAY * 1000, type=Type.DURATION),
    )
    return Condition(source="", type=Type.DURATION, tree=tree, fields=(name,))
