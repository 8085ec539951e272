"""Visits to the client's pages are kept with their visitor: one conditional put each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coldframe.domain.instants import text_of
from coldframe.domain.touchpoint import VISITOR_IDENTIFIED, record

if TYPE_CHECKING:
    from coldframe.services.ports.clock import Clock
    from coldframe.services.ports.leads import Touchpoints
    from coldframe.services.ports.visits import Visits

WEB = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing that a page tells of its visitor; ``own_id`` is the page's own."""

    kind: str
    own_id: str
    ago: timedelta
    """How long before it was told; browsers' clocks are wrong too often to ask for the time."""
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisits:
    visitor: str
    """Its collection."""
    seen: tuple[Seen, ...]
    keep: timedelta
    lead: str = ""
    """Whose link led here; empty: nobody's."""
    message: str = ""
    followed: datetime | None = None
    """When that link was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecording:
    visits: Visits
    touchpoints: Touchpoints
    clock: Clock

    def __call__(self, command: RecordVisits) -> int:
        """How many were new."""
        now = self.clock.now()
        new = [self._put(command, each, now) for each in command.seen]
        if command.lead:
            self._identify(command, now)
        return sum(new)

    def _put(self, command: RecordVisits, seen: Seen, now: datetime) -> bool:
        visit = record(
            lead=command.visitor,
            kind=seen.kind,
            source=WEB,
            received_at=now,
            occurred_at=now - seen.ago,
            data=seen.data,
            own_id=f"{command.visitor} {seen.own_id}",
        )
        return self.visits.put(visit, until=now + command.keep)

    def _identify(self, command: RecordVisits, now: datetime) -> None:
        """What was told just now belongs to the lead as well, so it is put first.

        Once for each time that a link was followed: each is evidence about its own mail.
        """
        followed = text_of(command.followed or now)
        told = record(
            lead=command.lead,
            kind=VISITOR_IDENTIFIED,
            source=WEB,
            received_at=now,
            data={
                "visitor": command.visitor,
                "message": command.message,
                "followed": followed,
            },
            own_id=f"{command.visitor} {command.message} {followed}",
        )
        self.touchpoints.append(told)
