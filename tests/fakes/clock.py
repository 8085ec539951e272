"""A clock that stands still until it is told otherwise."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
"""11:00 in Zurich: nothing is quiet."""


@dataclass(slots=True)
class FrozenClock:
    at: datetime = MONDAY

    def now(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)
