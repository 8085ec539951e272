"""Who visits the client's pages before we know a name: a collection of its own, until it joins."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_MARK: Final = "v"
"""No lead's id holds it: those are hexadecimal."""
_OWN = re.compile(r"[A-Za-z0-9_-]{20,64}")
MOST_JOINED: Final = 500
"""So many of a visitor's visits, the newest, join the lead at once."""


def visitor_id(hashed: Callable[[str], str], own: str) -> str:
    """Where the visits of the browser that calls itself ``own`` lie; its own id is never stored.

    ``hashed``: what makes a lead's id out of an address, with the client's key.
    """
    return _MARK + hashed(f"visitor {own}")[:25]


def is_visitor(collection: str) -> bool:
    return collection.startswith(_MARK)


def is_own_id(text: object) -> bool:
    """Random enough that nobody guesses another's."""
    return isinstance(text, str) and _OWN.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """Which lead a visitor turned out to be; the first one counts."""

    lead: str
    until: datetime | None = None
    """From then on somebody else sat there too: what the visitor does is nobody's."""

    def owns(self, at: datetime) -> bool:
        return self.until is None or at <= self.until
