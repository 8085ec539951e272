"""What was seen of one mail's links and pictures, in bursts of 20 seconds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from coldframe.domain.message import LANDED, WAY_OUT

WINDOW: Final = timedelta(seconds=20)
TELLS_WITHIN: Final = timedelta(hours=1)
"""So long after a link was followed, the page that it led to may say whose visit it is."""
SCANNER: Final = "scanner"
DATACENTRE: Final = "datacentre"
APPLE: Final = "apple"
GMAIL: Final = "google"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One look at a mail. ``link`` is the link's index in the mail, None for an open."""

    at: datetime
    link: int | None
    agent: str
    is_bot: bool = False
    """SES's own word (`isBotEvent: Likely`)."""
    method: str = "GET"
    network: str = ""
    """scanner | datacentre | apple | google, by lists; empty: none of them."""

    @property
    def opens(self) -> bool:
        return self.link is None

    @property
    def follows(self) -> bool:
        """A link that a click may be of, or the trap."""
        return self.link is not None and self.link not in {WAY_OUT, LANDED}


Burst = tuple[tuple[str, Evidence], ...]
"""Touchpoint ids with what they tell, by time."""


def bursts(evidence: Mapping[str, Evidence]) -> Iterator[Burst]:
    """A page that tells of a visit belongs to none: it speaks for what led there."""
    burst: list[tuple[str, Evidence]] = []
    for touchpoint, seen in sorted(evidence.items(), key=by_time):
        if seen.link == LANDED:
            continue
        if burst and seen.at - burst[0][1].at >= WINDOW:
            yield tuple(burst)
            burst = []
        burst.append((touchpoint, seen))
    if burst:
        yield tuple(burst)


def followed(burst: Burst) -> list[Evidence]:
    return [seen for _, seen in burst if seen.follows]


def over_at(burst: Burst) -> datetime:
    return burst[0][1].at + WINDOW


def by_time(item: tuple[str, Evidence]) -> tuple[datetime, str]:
    touchpoint, seen = item
    return seen.at, touchpoint
