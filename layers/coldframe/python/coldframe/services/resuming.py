"""Resume: a new run of an enrolment, where it stands; all there is behind every restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus, Stand, message_id
from coldframe.domain.journey import Step
from coldframe.services.dispatching import SETTLED

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Ledger, Playbook
    from coldframe.services.step_ports import Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    lead: str
    enrolment: str
    once: bool = False
    """What was begun by another try is finished, not done once more."""


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
        begun = command.once and stands.parked_until is None and stands.due_at is not None
        renewed = stands if begun else self.enrolments.next_generation(stands, now)
        renewed = self._moved(renewed, now)
        self.runs.start(renewed, timeout=timeout)
        if not begun:
            self.runs.stop(stands, "resumed")
        return True

    def _moved(self, stands: Enrolment, now: datetime) -> Enrolment:
        """At the step that an edit put in the place of the one where it stands."""
        journey = self.playbook.journey(stands.journey)
        target = journey.moved.get(stands.step)
        if stands.step in journey.steps or target is None:
            return stands
        due = stands.due_at or now
        return self.enrolments.stand(stands, Stand(step=target, at=now, parked_until=due))

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
