"""client.yaml's `consent:`: whose consent counts at once, and whose when a mail confirms it."""

import re
from dataclasses import dataclass, replace
from typing import Final

from coldframe.domain.form import Form
from infra.reading.nodes import Node

_COUNTRY: Final = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRule:
    confirm: bool = True
    """What a form does that doesn't say it itself."""
    at_once_in: tuple[str, ...] = ()

    def applied(self, form: Form) -> Form:
        confirm = self.confirm if form.confirm is None else form.confirm
        return replace(form, confirm=confirm, at_once_in=self.at_once_in)


def read_consent(node: Node) -> ConsentRule | None:
    keys = node.keys(needed=["confirm"], optional=["at_once_in"])
    confirm = keys.read("confirm", Node.yes_or_no)
    countries = keys.each("at_once_in", _country)
    return None if confirm is None else ConsentRule(confirm=confirm, at_once_in=countries)


def _country(node: Node) -> str | None:
    found = node.text()
    if found is None or _COUNTRY.fullmatch(found):
        return found
    node.spot.report(f"{found!r} is no country; write its two letters, as `US`")
    return None
