"""Step Functions as journeys use it: runs by name, waits, task tokens, caught refusals.

A run keeps the definition that it was started with, whatever its journey becomes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from coldframe.domain.errors import Left, NotYet, Parked, SuppressedContact
from coldframe.domain.journey import MIGRATE, Journey, Step
from coldframe.domain.journey_steps import (
    Branch,
    CallWebhook,
    HandOff,
    Leave,
    Notify,
    Pass,
    Send,
    SendText,
    Split,
)
from coldframe.domain.splitting import share_of
from coldframe.services.steps import StepCommand, StepOutcome
from tests.fakes.runs import Run
from tests.fakes.world import World


@dataclass(slots=True)
class Execution:
    """One run of a journey: at a step, until an instant, perhaps under a token."""

    run: Run
    journey: Journey
    step: str | None
    until: datetime | None = None
    then: str | None = None
    token: str | None = None
    visits: int = 0


@dataclass(slots=True)
class Machine:
    world: World
    survive: Callable[[Callable[[], StepOutcome]], Any]
    """Invokes, and asks again after a crash."""
    executions: dict[str, Execution] = field(default_factory=dict)
    stuck: list[str] = field(default_factory=list)

    def move(self) -> bool:
        """Every run goes as far as it can; False: all are at rest."""
        for name, run in self.world.runs.started.items():
            if name not in self.executions:
                journey = self.world.playbook.journey(run.enrolment.journey)
                self.executions[name] = Execution(run, journey, run.enrolment.step)
        moved = [self._move(name, each) for name, each in list(self.executions.items())]
        return any(moved)

    def _move(self, name: str, execution: Execution) -> bool:
        """False: it is at rest."""
        if execution.token is not None:
            return self._answered(execution)
        if execution.until is not None:
            return self._waited(execution)
        if execution.step is None or name in self.world.runs.stopped:
            return False
        self._enter(name, execution, execution.step)
        return True

    def _answered(self, execution: Execution) -> bool:
        answer = self.world.waits.answers.get(execution.token or "")
        if answer is None:
            return self._waited(execution)
        step, token = self._step(execution), execution.token
        execution.token = execution.until = None
        if answer.error == "NotYet":
            execution.until, execution.then = datetime.fromisoformat(answer.cause), execution.step
        elif answer.error == "Elapsed":
            execution.step = step.wait_for.otherwise if step.wait_for else None
        elif answer.error == "Outdated":
            command = self._command(execution, step, token)
            self._get_stuck(execution, command, answer.error)
        elif answer.error:
            execution.step = None
        else:
            execution.step = step.wait_for.then if step.wait_for else None
        return True

    def _waited(self, execution: Execution) -> bool:
        if execution.until is None or self.world.clock.now() < execution.until:
            return False
        execution.step, execution.until, execution.token = execution.then, None, None
        return True

    def _enter(self, name: str, execution: Execution, step_id: str) -> None:
        if step_id not in execution.journey.steps:
            at = Step(id=step_id, action=Pass())
            return self._get_stuck(execution, self._command(execution, at), "UnknownStep")
        step = self._step(execution)
        if isinstance(step.action, Split):
            execution.step = self._share(execution, step, step.action)
            return None
        execution.visits += 1
        token = f"{name}/{execution.visits}" if step.wait_for else None
        command = self._command(execution, step, token)
        use_case = self._use_case(step)
        try:
            outcome = self.survive(lambda: use_case(command))
        except (Left, Parked, SuppressedContact):
            execution.step = None
        except NotYet as later:
            execution.until, execution.then = later.until, step_id
        except Exception as error:  # noqa: BLE001 - as the machine's States.ALL has it
            self._get_stuck(execution, command, type(error).__name__)
        else:
            self._go_on(execution, step, outcome, token)
        return None

    def _go_on(
        self, execution: Execution, step: Step, outcome: StepOutcome, token: str | None
    ) -> None:
        if step.wait_for and token:
            limit = execution.run.timeout if execution.visits == 1 else None
            execution.token, execution.then = token, step.wait_for.otherwise
            execution.until = self.world.clock.now() + timedelta(
                seconds=limit or step.wait_for.limit
            )
        elif isinstance(step.action, Branch):
            self._branch(execution, step, step.action, outcome.to)
        elif step.wait and step.wait.skip_to and outcome.to:
            execution.step = step.wait.skip_to
        elif step.wait:
            assert outcome.resume_at, "the run fails, and nobody hears of it"
            execution.until, execution.then = outcome.resume_at, step.next
        else:
            execution.step = None if isinstance(step.action, Leave) else step.next

    def _branch(self, execution: Execution, step: Step, branch: Branch, to: str) -> None:
        if to in {arm.to for arm in branch.arms}:
            execution.step = to
        else:
            self._get_stuck(execution, self._command(execution, step), "UnknownStep")

    def _share(self, execution: Execution, step: Step, split: Split) -> str:
        enrolment = execution.run.enrolment
        lead, journey = enrolment.lead, enrolment.journey
        return share_of(split, lead=lead, journey=journey, step=step.id).to

    def _get_stuck(self, execution: Execution, command: StepCommand, error: str) -> None:
        execution.step = None
        stuck = replace(command, token=None, stuck=error, then="", version="")
        if self.survive(lambda: self.world.deciding()(stuck)).stuck:
            self.stuck.append(error)

    def _use_case(self, step: Step) -> Callable[[StepCommand], StepOutcome]:
        match step.action:
            case Send() | SendText():
                return self.world.messaging()
            case HandOff() | Notify():
                return self.world.handing_off()
            case CallWebhook():
                return self.world.calling()
        return self.world.deciding()

    def _step(self, execution: Execution) -> Step:
        return execution.journey.steps[execution.step or ""]

    def _command(self, execution: Execution, step: Step, token: str | None = None) -> StepCommand:
        """As the machine's payload has it."""
        enrolment, journey = execution.run.enrolment, execution.journey
        return StepCommand(
            lead=enrolment.lead,
            enrolment=enrolment.id,
            generation=enrolment.generation,
            journey=enrolment.journey,
            step=step.id,
            token=token,
            then=step.then,
            version=journey.version if journey.edits == MIGRATE else "",
        )

    def next(self) -> datetime | None:
        """When the next run has waited long enough."""
        ends = [
            each.until
            for name, each in self.executions.items()
            if each.until and name not in self.world.runs.stopped
        ]
        return min(ends, default=None)
