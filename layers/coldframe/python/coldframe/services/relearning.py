"""After a change of definitions every lead is learned anew: one walk, paced, and resumable.

Nobody enters or leaves a segment by it. A lead that does something before the walk comes to it is
learned anew then, and passed over here. Leads who are in a journey that was edited, and follow its
edits, go on in it as it is now.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.errors import StaleLead
from coldframe.domain.grouping import grouped
from coldframe.domain.knowing.relearning import outdated, relearned
from coldframe.services.scrubbing import EVER, scrub

if TYPE_CHECKING:
    from coldframe.services.migrating import Migrating
    from coldframe.services.ports import Clock, Playbook, Profiles, Remaining, Touchpoints
    from coldframe.services.ports.due import Alarm, Members, Progress

EVERYBODY: Final = "leads"
AT_ONCE: Final = 500
"""Leads in one go; then the sweep is called again."""
MOVED_AT_ONCE: Final = 200
"""Runs that begin anew in one go: some may have a mail due at once."""
REST: Final = timedelta(minutes=1)
PLACE_KEPT: Final = 25
"""After so many leads; who dies in between repeats them, and finds them up to date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relearning:
    members: Members
    touchpoints: Touchpoints
    profiles: Profiles
    progress: Progress
    migrating: Migrating
    playbook: Playbook
    alarm: Alarm
    clock: Clock
    is_business: Callable[[str], bool]
    """Whether a domain is a company's, and no mailbox provider's."""

    def __call__(self, remaining: Remaining, *, time_to_end: float) -> int:
        """How many leads were walked by; 0 when everybody is up to date."""
        version = self.playbook.reactions().version
        cursor = self.progress.begin(version)
        if cursor is None:
            return 0
        walked, since, moved = 0, 0, 0
        due: set[datetime] = set()
        for lead, place in self.members.of(EVERYBODY, after=cursor or None):
            if walked == AT_ONCE or moved >= MOVED_AT_ONCE or remaining() < time_to_end:
                self._rest(version, cursor, since, due)
                return walked
            due |= self._learn(lead)
            moved += self.migrating(lead)
            walked, since, cursor = walked + 1, since + 1, place
            if since == PLACE_KEPT:
                self._keep(version, cursor, since, due)
                since = 0
        self._arm(due)
        self.progress.finish(version, since)
        return walked

    def _rest(self, version: str, cursor: str, since: int, due: set[datetime]) -> None:
        self._keep(version, cursor, since, due)
        self.alarm.arm(self.clock.now() + REST)

    def _keep(self, version: str, cursor: str, since: int, due: set[datetime]) -> None:
        self._arm(due)
        self.progress.advance(version, cursor, since)
        due.clear()

    def _arm(self, due: set[datetime]) -> None:
        """Before the place is kept: who dies in between comes by again."""
        if due:
            self.alarm.arm(min(due))

    def _learn(self, lead: str) -> set[datetime]:
        """Whoever changed the lead meanwhile has learned it anew as well."""
        before, reactions = self.profiles.own(lead), self.playbook.reactions()
        if before is None or before.moved_to or not outdated(before, reactions):
            return {*filter(None, [before.standing.due_at if before else None])}
        now = self.clock.now()
        after = relearned(before, self.touchpoints.since(lead, EVER), reactions, now)
        after = grouped(after, reactions, self.is_business)
        scrub(self.touchpoints, before, after, reactions, now)
        with suppress(StaleLead):
            self.profiles.save(before, after, [])
        return {*filter(None, [after.standing.due_at])}
