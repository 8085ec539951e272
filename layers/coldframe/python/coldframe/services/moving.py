"""The history of an identity that was moved is appended under its person: paced, and resumable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.merging import STAYS, moved

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Touchpoints
    from coldframe.services.ports.identities import Identities

AT_ONCE: Final = 100
"""Touchpoints in one go: each is also read by who reacts."""
REST: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    touchpoints: Touchpoints
    identities: Identities
    clock: Clock

    def __call__(self, person: str, identity: str) -> None:
        """The profile has learned it all in the merge: nothing follows from what is moved here.

        One that was moved on meanwhile is moved from under its new person.
        """
        row = self.identities.get(person, identity)
        if row is None:
            return
        found = self.identities.history(row, at_most=AT_ONCE)
        for each in found:
            if each.kind not in STAYS:
                self.touchpoints.append(moved(each, person, history=True))
        rest = self.clock.now() + REST if len(found) == AT_ONCE else None
        cursor = found[-1].id if found else row.cursor
        self.identities.advance(replace(row, cursor=cursor, due_at=rest))
