"""How many visits a minute one network tells of, as far as one memory saw."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

MOST_A_MINUTE: Final = 300
"""An office or a school stands behind one network; a flood is far more."""
REMEMBERED: Final = 2_000


@dataclass(slots=True)
class VisitPace:
    """Kept by a running function, so that nothing has to be read."""

    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def too_fast(self, network: str, events: int, now: datetime) -> bool:
        minute = (network, int(now.timestamp()) // 60)
        self._counts[minute] = self._counts.pop(minute, 0) + events
        if len(self._counts) > REMEMBERED:
            self._counts.pop(next(iter(self._counts)))
        return self._counts[minute] > MOST_A_MINUTE

    def forget(self) -> None:
        self._counts.clear()
