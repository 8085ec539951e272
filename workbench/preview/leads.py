"""The lead that a preview is for: fields as written by hand, over those of a lead we know."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from coldframe.domain.lead import normal_address
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known

NOBODY: Final = "0" * 26
"""The id of a lead that isn't one: nothing of a preview is ever recorded."""
ADDRESS: Final = "email"
EXAMPLE: Final = "ada@example.com"


class NotALead(ValueError):
    """What was written is no ``field=value``; the text says which."""


def fields_in(lines: Iterable[str]) -> dict[str, str]:
    """``first_name=Ada``, one each; empty lines are nothing."""
    found = {}
    for line in filter(None, map(str.strip, lines)):
        name, equals, value = line.partition("=")
        if not equals or not name.strip():
            raise NotALead(f"{line!r} is no field; write field=value, as first_name=Ada")
        found[name.strip()] = value.strip()
    return found


def imagined(fields: dict[str, str], known: Profile | None = None) -> Profile:
    """With an empty value, a field is taken away."""
    now = datetime.now(UTC)
    base = known or Profile(lead=NOBODY, address=EXAMPLE, created_at=now)
    told = {
        name: Known(value=value, at=now, by="preview") for name, value in fields.items() if value
    }
    kept = {name: value for name, value in base.fields.items() if name not in fields}
    address = normal_address(fields[ADDRESS]) if fields.get(ADDRESS) else base.address
    told.pop(ADDRESS, None)
    return replace(base, lead=NOBODY, address=address, fields={**kept, **told})
