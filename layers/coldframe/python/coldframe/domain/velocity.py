"""How many different posts came lately from one address or network, as far as one memory saw."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(minutes=10)
FROM_ADDRESS: Final = 5
FROM_NETWORK: Final = 100
"""An office, a school or a mobile provider stands behind one network: a flood is far more."""
REMEMBERED: Final = 2_000
"""Addresses and networks; beyond that the oldest are forgotten."""


@dataclass(slots=True)
class RecentPosts:
    """Kept by a running function, so that nothing has to be read: a flood meets few of them."""

    _seen: dict[str, dict[str, datetime]] = field(default_factory=dict)

    def count(self, key: str, post: str, now: datetime) -> int:
        """Different posts by ``key`` within the window, this one included; a repeat is none."""
        young = {each: at for each, at in self._seen.pop(key, {}).items() if at > now - WINDOW}
        young.setdefault(post, now)
        if len(young) > FROM_NETWORK + 1:
            young.pop(next(iter(young)))
        self._seen[key] = young
        if len(self._seen) > REMEMBERED:
            self._seen.pop(next(iter(self._seen)))
        return len(young)

    def forget(self) -> None:
        self._seen.clear()
