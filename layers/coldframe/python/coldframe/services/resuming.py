"""Resume: a new run of an enrolment, where it stands; all there is behind every restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import TO_STAND, Enrolment, EnrolmentStatus, message_id
from coldframe.domain.journey import Step
from coldframe.domain.message import SETTLED

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Ledger, Playbook
    from coldframe.services.ports.due import Alarm
    from coldframe.services.ports.steps import Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    lead: str
    enrolment: str
    once: bool = False
    """What was begun by another try is finished, not done once more."""
    armed: bool = False
    """Who asks sees to it that somebody looks whether the new run has come to its step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resuming:
    enrolments: Enrolments
    ledger: Ledger
    runs: Runs
    playbook: Playbook
    alarm: Alarm
    clock: Clock

    def __call__(self, command: Resume) -> bool:
        """False: there is nothing to resume (closed, or not there).

        Asked twice, it starts two generations, of which only the newer one may do anything.
        """
        stands = self.enrolments.get(command.lead, command.enrolment)
        if stands is None or stands.status is EnrolmentStatus.CLOSED:
            return False
        now = self.clock.now()
        if not command.armed:
            self.alarm.arm(now + TO_STAND)
        begun = command.once and stands.parked_until is None and stands.due_at is not None
        renewed = stands if begun else self._renewed(stands, now)
        self.runs.start(renewed, timeout=self._left_to_wait(renewed, now))
        if not begun:
            self.runs.stop(stands, "resumed")
        return True

    def _renewed(self, stands: Enrolment, now: datetime) -> Enrolment:
        """At the step that an edit put in the place of the one where it stands, if one did."""
        journey = self.playbook.journey(stands.journey)
        step = journey.placed(stands.step) or stands.step
        version = journey.version
        return self.enrolments.next_generation(stands, now, step=step, version=version)

    def _left_to_wait(self, enrolment: Enrolment, now: datetime) -> int | None:
        """Seconds of the limit that remain, when the wait for an event has begun already."""
        step = self.playbook.journey(enrolment.journey).steps.get(enrolment.step)
        begun = self._begun(enrolment, step) if step else None
        if step is None or step.wait_for is None or begun is None:
            return None
        return max(1, step.wait_for.limit - int((now - begun).total_seconds()))

    def _begun(self, enrolment: Enrolment, step: Step) -> datetime | None:
        """None: the effect that the wait follows, claimed or not, has yet to be done."""
        if not step.claim:
            return enrolment.since
        claim = enrolment.claims.get(step.claim)
        name = claim.message if claim else message_id(enrolment.id, step.claim)
        message = self.ledger.message(enrolment.lead, name)
        if message is None or message.state not in SETTLED:
            return None
        return message.sent_at or message.at
