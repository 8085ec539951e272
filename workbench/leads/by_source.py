"""Leads, customers and what they cost, by where they came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from coldframe.domain.money import Money, decimals

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile
    from coldframe.domain.record import LeadRecord
    from infra.playbook.costs import Costs

UNKNOWN: Final = "unknown"
CUSTOMER: Final = "customer"
WON: Final = "won"


@dataclass(slots=True, kw_only=True)
class Came:
    """``cost``: None where costs.yaml tells nothing of the source."""

    source: str
    leads: int = 0
    customers: int = 0
    cost: Money | None = None

    @property
    def per_lead(self) -> Money | None:
        return _each(self.cost, self.leads)

    @property
    def per_customer(self) -> Money | None:
        return _each(self.cost, self.customers)


def by_source(
    records: "Iterable[LeadRecord]",
    costs: "Costs",
    *,
    since: str = "",
    until: str = "9999",
    last: bool = False,
) -> list[Came]:
    """Of the leads that came in these months (as 2026-11, both included, in UTC), most first.

    ``last``: by what brought them last, not first.
    """
    found = {name: Came(source=name) for name in costs.spent}
    for record in records:
        profile = record.profile
        if profile is None or profile.test or not since <= f"{profile.created_at:%Y-%m}" <= until:
            continue
        source = _source(profile, last=last)
        came = found.setdefault(source, Came(source=source))
        came.leads += 1
        came.customers += is_customer(profile)
    for came in found.values():
        came.cost = costs.of(came.source, since=since, until=until)
    return sorted(found.values(), key=lambda each: (-each.leads, each.source))


def is_customer(profile: "Profile") -> bool:
    """It was one once, or counts as won now."""
    status = profile.standing.held.get("status")
    return CUSTOMER in profile.standing.reached or (status is not None and status.value == WON)


def _source(profile: "Profile", *, last: bool) -> str:
    came = profile.came_last if last else profile.came_first
    return came.touch.source if came else UNKNOWN


def _each(cost: Money | None, many: int) -> Money | None:
    """Rounded to the smallest coin, as money is."""
    if cost is None or not many:
        return None
    minor = (Decimal(cost.minor) / many).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Money(minor=int(minor), currency=cost.currency)


def shown(money: Money | None) -> str:
    return f"{money.amount:,.{decimals(money.currency)}f} {money.currency}" if money else "–"
