"""Enrolments in bulk: put into the due index, each with its own instant, for the sweep to start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus, enrolment_id
from coldframe.domain.re_entry import Coming, once, passage

if TYPE_CHECKING:
    from coldframe.domain.journey import Journey
    from coldframe.domain.playbook import Entry
    from coldframe.services.ports.clock import Clock
    from coldframe.services.ports.enrolments import Enrolments


@dataclass(frozen=True, slots=True, kw_only=True)
class Queueing:
    """``entry``: how the journey is entered; its rule of coming again holds here too."""

    enrolments: Enrolments
    entry: Entry
    journey: Journey
    clock: Clock

    def __call__(self, lead: str, *, cause: str, at: datetime) -> bool:
        """False: the lead is in it already, or may not come (again).

        Queued twice by the same cause, it is queued once, at the first instant.
        """
        now, policy = self.clock.now(), self.entry.re_enter
        coming = Coming(lead=lead, journey=self.entry.journey, cause=cause, at=now)
        name: str | None = enrolment_id(lead, coming.journey)
        if not once(policy):
            name = passage(coming, policy, self.enrolments.of(lead))
        if name is None:
            return False
        begun = Enrolment(
            lead=lead,
            id=name,
            journey=coming.journey,
            status=EnrolmentStatus.OPEN,
            step=self.entry.first,
            since=at,
            generation=1,
            started_at=now,
            requested_at=now,
            parked_until=at,
            due_at=at,
            cause=cause,
            version=self.journey.version,
        )
        stored = self.enrolments.begin(begun)
        return stored.cause == cause and stored.parked_until is not None
