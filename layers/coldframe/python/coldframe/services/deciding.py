"""The steps that send nothing: wait, wait for an event, end; and a run that got stuck."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import EndReason, Enrolment, Waiting
from coldframe.domain.errors import Left
from coldframe.domain.instants import whole_seconds
from coldframe.domain.playbook import Step, WaitFor
from coldframe.domain.waiting import counts_from
from coldframe.services.steps import (
    StepCommand,
    StepOutcome,
    answer_if_it_came,
    refusals_reported,
    standing,
)

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Playbook, Touchpoints, Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    enrolments: Enrolments
    touchpoints: Touchpoints
    waits: Waits
    playbook: Playbook
    clock: Clock

    def __call__(self, command: StepCommand) -> StepOutcome:
        """Left is raised, or reported under the token."""
        with refusals_reported(self.waits, command):
            if command.stuck is not None:
                self._mark_stuck(command, command.stuck)
                return StepOutcome()
            enrolment = standing(self.enrolments, command)
            step = self.playbook.journey(command.journey).steps[command.step]
            return self._decide(command, enrolment, step)
        return StepOutcome()

    def _mark_stuck(self, command: StepCommand, error: str) -> None:
        """Nothing is stuck that the lead has left: the run just ends."""
        with suppress(Left):
            enrolment = standing(self.enrolments, command)
            self.enrolments.mark_stuck(enrolment, error, self.clock.now())

    def _decide(self, command: StepCommand, enrolment: Enrolment, step: Step) -> StepOutcome:
        if step.wait_for is not None:
            self._wait_for(command, enrolment, step, step.wait_for)
            return StepOutcome()
        if step.wait is not None:
            return self._wait(enrolment, step, timedelta(seconds=step.wait))
        self.enrolments.close(enrolment, EndReason.COMPLETED, self.clock.now())
        return StepOutcome()

    def _wait(self, enrolment: Enrolment, step: Step, duration: timedelta) -> StepOutcome:
        """From when the step was first entered, however often it is entered again."""
        stands = self.enrolments.stand(enrolment, step=step.id, at=self.clock.now())
        if step.next is None:
            self.enrolments.close(stands, EndReason.COMPLETED, self.clock.now())
        return StepOutcome(resume_at=whole_seconds(stands.since + duration))

    def _wait_for(
        self, command: StepCommand, enrolment: Enrolment, step: Step, wait: WaitFor
    ) -> None:
        now = self.clock.now()
        entered = enrolment.since if enrolment.step == step.id else now
        since = counts_from(wait, step, enrolment, entered=entered)
        waiting = command.token and Waiting(
            step=step.id, token=command.token, since=since, generation=enrolment.generation
        )
        self.enrolments.stand(enrolment, step=step.id, at=now, waiting=waiting or None)
        answer_if_it_came(self.touchpoints, self.waits, command, wait, since=since)
