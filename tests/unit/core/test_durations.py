"""Waits that are as long as an expression says."""

from datetime import timedelta
from typing import Any

import pytest

from coldframe.domain.conditions.nodes import Condition, Const, Field, IfElse, Known, Type
from coldframe.domain.journey_steps import Wait
from coldframe.domain.resumption import LONGEST
from tests.unit.core.waits import ends
from tests.unit.core.zones import utc


def duration(tree: Any) -> Wait:
    return Wait(computed=Condition(source="", type=Type.DURATION, tree=tree))


def test_a_duration_may_depend_on_the_lead() -> None:
    one, three = (Const(value=days * 86_400_000, type=Type.DURATION) for days in (1, 3))
    known = Known(operand=Field(name="phone", type=Type.TEXT, label="phone"))
    wait = duration(IfElse(test=known, then=one, otherwise=three))

    assert ends(wait, "2026-11-16 07:00", fields={"phone": "1"}) == utc("2026-11-17 07:00")
    assert ends(wait, "2026-11-16 07:00") == utc("2026-11-19 07:00")


@pytest.mark.parametrize(
    ("milliseconds", "waits"),
    [(-5000, timedelta(0)), (10**15, LONGEST), (10**25, LONGEST)],
)
def test_no_duration_goes_backwards_or_is_endless(milliseconds: int, waits: timedelta) -> None:
    wait = duration(Const(value=milliseconds, type=Type.DURATION))

    assert ends(wait, "2026-11-16 07:00") == utc("2026-11-16 07:00") + waits


def test_a_duration_that_is_missing_is_none() -> None:
    wait = duration(Field(name="patience", type=Type.DURATION, label="patience"))

    assert ends(wait, "2026-11-16 07:00") == utc("2026-11-16 07:00")
