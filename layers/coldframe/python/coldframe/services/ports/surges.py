"""How many new leads came, and what of it is held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coldframe.domain.surge import Surges


class Newcomers(Protocol):
    """Counted with each new lead's profile."""

    def in_hour(self, hour: datetime) -> int:
        """Read consistently: all that were counted so far."""

    def by_hour(self, since: datetime) -> Mapping[datetime, int]:
        """Hours that had any, from ``since`` on, in order; two weeks are kept."""


class SurgeRecord(Protocol):
    def read(self, *, fresh: bool = True) -> Surges:
        """Consistently; unless ``fresh``, as it stood half a minute ago."""

    def save(self, surges: Surges) -> None:
        """StaleLead when another wrote since it was read."""
