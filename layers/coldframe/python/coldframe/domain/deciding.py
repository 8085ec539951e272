"""What a journey's expressions come to for one lead: the way taken, the values set."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.conditions.nodes import Condition
from coldframe.domain.instants import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coldframe.domain.conditions.evaluate import Answer
    from coldframe.domain.conditions.facts import Facts
    from coldframe.domain.conditions.nodes import Scalar
    from coldframe.domain.journey_steps import Arm, Branch, SetFields


def arm_of(branch: Branch, facts: Facts, *, now: datetime) -> tuple[Arm | None, str]:
    """The first arm that holds, and because of what; None: all others, who have no arm.

    What is told of the last arm is what kept the lead from the one before it.
    """
    because = ""
    for arm in branch.arms:
        if arm.when is None:
            return arm, because
        asked = evaluate(arm.when, facts, now=now, explain=True)
        because = asked.because
        if asked.value is True:
            return arm, because
    return None, because


def holds(condition: Condition | None, facts: Facts, *, now: datetime) -> bool:
    return condition is None or evaluate(condition, facts, now=now).value is True


def values_of(action: SetFields, facts: Facts, *, now: datetime) -> dict[str, Scalar]:
    """What the fields become; a field whose expression gives nothing is left as it is."""
    values = {name: _value(value, facts, now) for name, value in action.values.items()}
    return {name: value for name, value in values.items() if value is not None}


def _value(value: Scalar | Condition, facts: Facts, now: datetime) -> Scalar | None:
    if not isinstance(value, Condition):
        return value
    return _stored(evaluate(value, facts, now=now).value)


def _stored(value: Answer) -> Scalar | None:
    """As fields are kept: dates and instants as text, durations in minutes."""
    if isinstance(value, datetime):
        return text_of(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value // timedelta(minutes=1)} minutes"
    return ", ".join(str(each) for each in value) if isinstance(value, tuple) else value


def as_fields(values: Mapping[str, Scalar]) -> dict[str, str]:
    """As a touchpoint tells them."""
    return {name: _text(value) for name, value in values.items()}


def _text(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
