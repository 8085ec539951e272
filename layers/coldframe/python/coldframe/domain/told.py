"""What is told of a lead by a touchpoint's own words: of two values, the one of the higher rank."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from coldframe.domain.company import DOMAIN
from coldframe.domain.conditions.nodes import Type
from coldframe.domain.touchpoint import (
    FIELDS_SET,
    FORM_SUBMITTED,
    KNOWN,
    LEAD_IMPORTED,
    PREFERENCES_CHANGED,
    QUESTION_ANSWERED,
    Touchpoint,
)

TELLING = frozenset(
    {FORM_SUBMITTED, FIELDS_SET, LEAD_IMPORTED, PREFERENCES_CHANGED, QUESTION_ANSWERED}
)
"""Kinds whose ``fields`` are what is known of the lead."""
BY_ITSELF = frozenset({FORM_SUBMITTED, PREFERENCES_CHANGED, QUESTION_ANSWERED})
"""Those that anybody may write who knows an address, or holds a mail."""
NOT_BY_ITSELF = frozenset({DOMAIN})
"""Nobody comes to a company's colleagues by saying so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A value with the touchpoint that said so; of two, the one of the higher rank holds."""

    value: str
    at: datetime
    by: str
    filled: bool = False
    """In behind a mail's link, which may have been passed on: it gives way to all other words."""

    by_server: bool = False
    """A trusted event's property: it gives way to what the lead, or a journey, said."""

    @property
    def rank(self) -> tuple[int, datetime, str]:
        weight = 0 if self.filled else 1 if self.by_server else 2
        return weight, self.at, self.by


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A property of a trusted event that is a field of the lead."""

    field: str
    prop: str
    type: Type = Type.TEXT
    """The field's: what can't be read as that sets nothing."""
    overrides: bool = False
    """Of this and the lead's own word, the later holds; else always the lead's."""


def fields_told(
    fields: Mapping[str, Known], touchpoint: Touchpoint, sets: Iterable[Setting] = ()
) -> dict[str, Known]:
    """``sets``: what events of this kind set."""
    told = dict(fields)
    for each in sets:
        value = touchpoint.data.get(each.prop)
        if isinstance(value, str | int | float | Decimal) and _fits(_text(value), each.type):
            said = Known(
                value=_text(value),
                at=touchpoint.occurred_at,
                by=touchpoint.id,
                by_server=not each.overrides,
            )
            told[each.field] = later(told.get(each.field), said)
    if touchpoint.kind in TELLING:
        by_itself = touchpoint.kind in BY_ITSELF
        for name, value in touchpoint.data["fields"].items():
            if by_itself and name in NOT_BY_ITSELF:
                continue
            said = Known(
                value=_text(value),
                at=touchpoint.occurred_at,
                by=touchpoint.id,
                filled=bool(touchpoint.data.get(KNOWN)),
            )
            told[name] = later(told.get(name), said)
    return told


def browser_told(known: Mapping[str, Known], touchpoint: Touchpoint) -> Mapping[str, Known]:
    said = touchpoint.data.get("browser") if touchpoint.kind == FORM_SUBMITTED else None
    if not isinstance(said, Mapping):
        return known
    told = {
        name: Known(value=str(value), at=touchpoint.occurred_at, by=touchpoint.id)
        for name, value in said.items()
    }
    return later_of_each(known, told)


def _fits(text: str, type_: Type) -> bool:
    from coldframe.domain.conditions.facts import read

    return read(text, type_) is not None


def _text(value: object) -> str:
    """A journey may set numbers and true or false; conditions read them from their text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def later(one: Known | None, other: Known) -> Known:
    return other if one is None or other.rank > one.rank else one


def later_of_each(one: Mapping[str, Known], other: Mapping[str, Known]) -> dict[str, Known]:
    return {**one, **{name: later(one.get(name), known) for name, known in other.items()}}
