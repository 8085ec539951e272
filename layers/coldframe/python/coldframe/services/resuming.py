"""Resume: a new run of an enrolment, where it stands; all there is behind every restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.playbook import Step
from coldframe.services.dispatching import SETTLED

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Ledger, Playbook, Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    lead: str
    enrolment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resuming:
    enrolments: Enrolments
    ledger: Ledger
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
        self.runs.start(renewed, timeout=timeout)
        self.runs.stop(stands, "resumed")
        return True

    def _left_to_wait(self, enrolment: Enrolment, now: datetime) -> int | None:
        """Seconds of the limit that remain, when the wait for an event has begun already."""
        step = self.playbook.journey(enrolment.journey).steps[enrolment.step]
        begun = self._begun(enrolment, step)
        if step.wait_for is None or begun is None:
            return None
        return max(1, step.wait_for.limit - int((now - begun).total_seconds()))

    def _begun(self, enrolment: Enrolment, step: Step) -> datetime | None:
        """None: the mail that the wait is for, claimed or not, has yet to go."""
        if not step.mail:
            return enrolment.since
        claim = enrolment.claims.get(step.mail)
        message = self.ledger.message(enrolment.lead, claim.message) if claim else None
        if message is None or message.state not in SETTLED:
            return None
        return message.sent_at or message.at
