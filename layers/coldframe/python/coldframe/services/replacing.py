"""A run that can't go on is replaced by one that goes on as its journey is now; or it is stuck."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.enrolment import MOST_RESTARTS, Enrolment, Stand
from coldframe.domain.errors import Outdated
from coldframe.domain.journey import MIGRATE, Journey
from coldframe.services.steps import StepCommand, driven

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Playbook
    from coldframe.services.ports.due import Alarm

UNKNOWN_STEP: Final = "UnknownStep"
OF_ANOTHER_VERSION: Final = frozenset({UNKNOWN_STEP, Outdated.__name__})
"""What a run ends with that was made for another version of its journey."""
PAUSE: Final = timedelta(minutes=1)
"""Twice as long each time: the machines of a deployment may come after its functions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacing:
    enrolments: Enrolments
    playbook: Playbook
    alarm: Alarm
    clock: Clock

    def __call__(self, command: StepCommand, error: str) -> bool:
        """Whether the enrolment is stuck now. Left when the lead has left: the run just ends."""
        enrolment = driven(self.enrolments, command)
        if enrolment.parked_until is not None:
            self.alarm.arm(enrolment.parked_until)
            return False
        stand = self._stand(command, enrolment) if error in OF_ANOTHER_VERSION else None
        if stand is None or stand.parked_until is None:
            named = UNKNOWN_STEP if error in OF_ANOTHER_VERSION else error
            self.enrolments.mark_stuck(enrolment, named, self.clock.now())
            return True
        self.alarm.arm(stand.parked_until)
        self.enrolments.stand(enrolment, stand)
        return False

    def _stand(self, command: StepCommand, enrolment: Enrolment) -> Stand | None:
        """Where the due index resumes it, and when; None: today's playbook knows no such place.

        A lead that follows edits goes on from where it is recorded, in today's order; any other
        from the step that its run has come to.
        """
        journey, now = self._journey(command), self.clock.now()
        if journey is None:
            return None
        places = [command.step, enrolment.step]
        if journey.edits == MIGRATE:
            places.reverse()
        step = next(filter(None, map(journey.placed, places)), None)
        if step is None or enrolment.restarts >= MOST_RESTARTS:
            return None
        waited = PAUSE * (2**enrolment.restarts - 1)
        return Stand(
            step=step,
            at=now if step == command.step else enrolment.since,
            parked_until=now + waited,
            restarts=enrolment.restarts + 1,
        )

    def _journey(self, command: StepCommand) -> Journey | None:
        with suppress(KeyError):
            return self.playbook.journey(command.journey)
        return None
