"""Leads in flight follow the edits of their journeys: a new run of today's, where each stands."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.errors import StaleLead
from coldframe.services.resuming import Resume, Resuming

if TYPE_CHECKING:
    from coldframe.services.ports import Enrolments, Playbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrating:
    enrolments: Enrolments
    resuming: Resuming
    playbook: Playbook

    def __call__(self, lead: str) -> int:
        """How many of the lead's runs were of another version, and begin anew.

        What was waited is counted from when it was recorded; what was sent is never sent again.
        """
        today = self.playbook.reactions().migrating
        if not today:
            return 0
        moved = 0
        for each in self.enrolments.of(lead):
            outdated = today.get(each.journey, each.version) != each.version
            if outdated and each.status is EnrolmentStatus.OPEN:
                with suppress(StaleLead):  # begun anew by another just now
                    moved += self.resuming(Resume(lead=lead, enrolment=each.id))
        return moved
