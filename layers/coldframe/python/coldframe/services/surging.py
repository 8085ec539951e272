"""A surge of new leads: found when one too many came, held until a person has looked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.errors import StaleLead
from coldframe.domain.surge import (
    FACTOR,
    LEARNED_FROM,
    USUAL_AT_LEAST,
    Surges,
    begins,
    ended,
    hour_of,
    limit,
)
from coldframe.domain.touchpoint import Touchpoint

if TYPE_CHECKING:
    from coldframe.services.ports import Clock
    from coldframe.services.ports.surges import Newcomers, SurgeRecord

TOLD_FOR: Final = timedelta(minutes=10)
"""A surge is told of with each new lead for so long: whoever found it may have gone no further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurgeWatching:
    newcomers: Newcomers
    surges: SurgeRecord
    tell: Callable[[], None]
    """The client's people, once however often it is called within a while."""
    clock: Clock

    def __call__(self, post: Touchpoint) -> None:
        """After a new lead was counted: is that more than ten times what is usual?"""
        hour = hour_of(post.received_at)
        leads = self.newcomers.in_hour(hour)
        if leads <= FACTOR * USUAL_AT_LEAST:
            return
        with suppress(StaleLead):  # another found it: the next lead tells of it
            known = self._found(hour, leads, post)
            if known.found_at and self.clock.now() < known.found_at + TOLD_FOR:
                self.tell()

    def _found(self, hour: datetime, leads: int, post: Touchpoint) -> Surges:
        """The earliest hour that was too much counts, whichever is heard of first."""
        known = self.surges.read()
        since = begins(known, hour)
        if post.received_at < since or (known.since is not None and known.since <= since):
            return known
        most = limit(busiest(self.newcomers.by_hour(hour - LEARNED_FROM)), known, hour=hour)
        if leads <= most:
            return known
        now = known.found_at or self.clock.now()
        found = replace(known, since=since, found_at=now, leads=leads, limit=most)
        self.surges.save(found)
        return found


def looked_at(
    surges: SurgeRecord, newcomers: Newcomers, *, now: datetime, dropped: bool
) -> Surges | None:
    """A person has seen it: release or drop what is held. None: nothing is.

    StaleLead when another did so at the same time.
    """
    known = surges.read()
    if known.since is None:
        return None
    hours = newcomers.by_hour(hour_of(known.since))
    after = ended(
        known,
        at=now,
        leads=sum(hours.values()),
        busiest=max(hours.values(), default=0),
        dropped=dropped,
    )
    surges.save(after)
    return after


def busiest(hours: Mapping[datetime, int]) -> Mapping[str, int]:
    """Day → new leads in its busiest hour."""
    found: dict[str, int] = {}
    for hour, leads in hours.items():
        day = hour.date().isoformat()
        found[day] = max(found.get(day, 0), leads)
    return found
