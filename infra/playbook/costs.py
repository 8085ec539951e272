"""costs.yaml: what the client spends on each source, by month."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from coldframe.domain.money import Money, is_currency, money_of
from coldframe.domain.sources import LONGEST
from infra.reading.nodes import Node

_MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    currency: str = ""
    spent: Mapping[str, Mapping[str, Money]] = field(default_factory=dict)
    """Source → month, as 2026-11 → what was paid for it."""

    def of(self, source: str, *, since: str = "", until: str = "9999") -> Money | None:
        """In those months, both included; None: nothing is told of this source."""
        paid = self.spent.get(source)
        if paid is None:
            return None
        found = [each.minor for month, each in paid.items() if since <= month <= until]
        return Money(minor=sum(found), currency=self.currency)


def read_costs(root: Node) -> Costs:
    keys = root.keys(needed=["currency", "sources"])
    currency = keys.read("currency", _currency) or ""
    spent = keys.read("sources", lambda node: _sources(node, currency)) or {}
    return Costs(currency=currency, spent=spent)


def _currency(node: Node) -> str | None:
    code = node.text()
    if code is None or is_currency(code):
        return code
    node.spot.report(f"{code!r} is no currency; write it like `EUR`")
    return None


def _sources(node: Node, currency: str) -> dict[str, dict[str, Money]]:
    found = {}
    for name, child in node.pairs().items():
        if name != " ".join(name.split()).lower() or len(name) > LONGEST:
            child.spot.report(f"{name!r} is no source; they are in small letters, like `google`")
        found[name] = _months(child, currency)
    return found


def _months(node: Node, currency: str) -> dict[str, Money]:
    paid = {}
    for month, child in node.pairs().items():
        if not _MONTH.fullmatch(month):
            child.spot.report(f"{month!r} is no month; write it like `2026-11`")
        elif money := _paid(child, currency):
            paid[month] = money
    return paid


def _paid(node: Node, currency: str) -> Money | None:
    text = node.text()
    if text is None or not currency:
        return None
    money = money_of(text, currency)
    if money is None or money.minor < 0:
        node.spot.report(f"{text!r} is no amount of {currency}; write it like `1200` or `99.50`")
        return None
    return money
