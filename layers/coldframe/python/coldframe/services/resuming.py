"""Resume: a new run of an enrolment, where it stands; all there is behind every restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Playbook, Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    lead: str
    enrolment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resuming:
    enrolments: Enrolments
    runs: Runs
    playbook: Playbook
    clock: Clock

    def __call__(self, command: Resume) -> bool:
        """False: there is nothing to resume (closed, or not there).

        Asked twice, it starts two generations, of which only the newer one may do anything.
        """
        stands = self.enrolments.get(command.lead, command.enrolment)
        if stands is None or stands.status is EnrolmentStatus.CLOSED:
            return False
        now = self.clock.now()
        timeout = self._left_to_wait(stands, now)
        renewed = self.enrolments.next_generation(stands, now)
        self.runs.stop(stands, "resumed")
        self.runs.start(renewed, timeout=timeout)
        return True

    def _left_to_wait(self, enrolment: Enrolment, now: datetime) -> int | None:
        """Seconds of the limit that remain, when the wait for an event has begun already."""
        step = self.playbook.journey(enrolment.journey).steps[enrolment.step]
        if step.wait_for is None:
            return None
        claim = enrolment.claims.get(step.mail or "")
        if step.mail and claim is None:
            return None
        begun = claim.at if claim else enrolment.since
        return max(1, step.wait_for.limit - int((now - begun).total_seconds()))
