"""Companies, as far as conditions ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coldframe.domain.company import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A company whose leads have something to hear."""

    company: str
    domain: str
    revision: int
    """Another with every change."""


class Companies(Protocol):
    def due(self, company: str) -> Due | None:
        """Read consistently; None when everybody has heard."""

    def members(self, company: str, *, at_most: int) -> Mapping[str, Member]:
        """By lead, read consistently."""

    def told(self, due: Due) -> None:
        """Nothing happens when it became due once more meanwhile."""
