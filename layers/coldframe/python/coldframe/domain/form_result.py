"""What the answers of a quiz or calculator come to, by the form's own expression."""

from collections.abc import Mapping
from datetime import datetime

from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.conditions.facts import Facts
from coldframe.domain.conditions.stored import condition_from_json
from coldframe.domain.form import Form, Option

DECIMALS = 2


def result_of(form: Form, fields: Mapping[str, str], now: datetime) -> str:
    """As it is shown; empty when the form has none or the answers don't suffice."""
    if form.result is None:
        return ""
    facts = Facts(fields={**fields, **points_of(form, fields)})
    value = evaluate(condition_from_json(form.result), facts, now=now).value
    if isinstance(value, float):
        return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


def points_of(form: Form, fields: Mapping[str, str]) -> dict[str, float]:
    """``points`` is all of them; ``<field>_points`` those of one choice."""
    given = {
        f"{each.name}_points": _chosen(each.options, fields.get(each.name))
        for each in form.fields
        if any(option.points is not None for option in each.options)
    }
    return {**given, "points": sum(given.values())}


def _chosen(options: tuple[Option, ...], value: str | None) -> float:
    return next((option.points or 0 for option in options if option.value == value), 0)
