"""What a lead bought and gave back: a function of the set of what its client's servers told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, TypeAlias

from coldframe.domain.errors import InvalidSubmission
from coldframe.domain.money import Money, is_currency, money_of
from coldframe.domain.touchpoint import PURCHASE_MADE, REFUND_MADE, Touchpoint

KEPT: Final = 200
"""So many of the newest count; who buys more often is no longer nurtured by their number."""
LONGEST: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """``minor``: the smallest coins; below zero for what was paid back."""

    minor: int
    currency: str
    at: datetime


Purchases: TypeAlias = Mapping[str, Bought]
"""By the touchpoint's id."""


def priced(data: Mapping[str, object]) -> dict[str, object]:
    """The data with its amount as text and in the smallest coins; InvalidSubmission names what
    can't be paid."""
    currency = str(data.get("currency", "")).upper()
    problems = {}
    if not is_currency(currency):
        problems["data.currency"] = "must be a currency, as EUR"
    paid = money_of(data.get("amount"), currency) if not problems else None
    if not problems and (paid is None or paid.minor <= 0):
        problems["data.amount"] = f"must be above zero, with the decimals that {currency} has"
    for name in ("product", "order"):
        value = data.get(name)
        if value is not None and not (isinstance(value, str) and 0 < len(value) <= LONGEST):
            problems[f"data.{name}"] = "must be text"
    if problems or paid is None:
        raise InvalidSubmission(problems)
    told = {"amount": str(paid.amount), "minor": paid.minor, "currency": currency}
    return {**data, **told}


def learned(known: Purchases, touchpoint: Touchpoint) -> Purchases:
    """The very same if nothing was bought or given back."""
    if touchpoint.kind not in (PURCHASE_MADE, REFUND_MADE):
        return known
    minor, currency = touchpoint.data.get("minor"), touchpoint.data.get("currency")
    if not isinstance(minor, int) or not is_currency(currency):
        return known
    sign = 1 if touchpoint.kind == PURCHASE_MADE else -1
    bought = Bought(minor=sign * minor, currency=str(currency), at=touchpoint.occurred_at)
    return newest({**known, touchpoint.id: bought})


def newest(all_told: Purchases) -> Purchases:
    """As many as are kept."""
    ordered = sorted(all_told.items(), key=lambda each: (each[1].at, each[0]))
    return dict(ordered[-KEPT:])


def purchase_facts(known: Purchases) -> dict[str, object]:
    """What conditions may name. Sums are of the currency that was last paid in."""
    made = [each for each in known.values() if each.minor > 0]
    if not made:
        return {}
    last = max(made, key=lambda each: each.at)
    spent = sum(each.minor for each in known.values() if each.currency == last.currency)
    return {
        "purchases": len(made),
        "spent": Money(minor=spent, currency=last.currency).amount + Decimal(0),
        "spent_currency": last.currency,
        "last_purchase_at": last.at,
    }
