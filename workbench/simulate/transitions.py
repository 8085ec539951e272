"""State transitions of one lead's runs, as the compiled machine counts them: each state entered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coldframe.domain.enrolment import EndReason
from coldframe.domain.journey_steps import Branch, Split, WaitFor
from coldframe.domain.position import Action, Deed
from coldframe.domain.waiting import LONGEST_RUN

if TYPE_CHECKING:
    from coldframe.domain.advance import Advanced
    from coldframe.domain.journey import Journey, Step

ENTER: Final = 1
"""Every run begins with the Choice that leads to its step."""
TASK: Final = 1
ENDING: Final = 1
"""`Left` or `Parked`, to which a run is led that ends early; also a second state of any step."""
LED_OUT: Final = frozenset({EndReason.SUPPRESSED, EndReason.STOPPED})
TIMED: Final = frozenset({Deed.WAITS, Deed.SKIPPED})


@dataclass(slots=True)
class Meter:
    journey: Journey
    total: int = ENTER
    parked: str = ""
    """The step at which the lead waits without a run."""

    def count(self, advanced: Advanced) -> None:
        told, visited = advanced.actions, set(advanced.visited)
        if self.parked and told:
            self._resume(self.parked, told, visited)
        elif timed := _timed_again(told, visited):
            self.total += ENTER + TASK
            self._pause(self.journey.steps[timed.step], [timed])
        for name in advanced.visited:
            self._visit(self.journey.steps[name], [each for each in told if each.step == name])

    def _resume(self, name: str, told: tuple[Action, ...], visited: set[str]) -> None:
        """Whoever exits while parked costs nothing more."""
        step, self.parked = self.journey.steps[name], ""
        timed = _timed_again(told, visited)
        closed = told[0].deed is Deed.CLOSED and not visited
        if closed and not timed:
            return
        self.total += ENTER + TASK
        if not isinstance(step.pause, WaitFor):
            self._pause(step, [timed] if timed else [])

    def _visit(self, step: Step, told: list[Action]) -> None:
        if isinstance(step.action, Split):
            self.total += 1
            return
        self.total += TASK
        deeds = {each.deed for each in told}
        led_out = any(each.deed is Deed.CLOSED and each.what in LED_OUT for each in told)
        if isinstance(step.action, Branch) or Deed.PUT_OFF in deeds or led_out:
            self.total += ENDING
        else:
            self._pause(step, told)

    def _pause(self, step: Step, told: list[Action]) -> None:
        if any(_parks(step, each) for each in told):
            self.total += ENDING
            self.parked = step.id
        elif any(_by_date(each) for each in told):
            self.total += ENDING
        elif step.wait is not None:
            skipped = any(each.deed is Deed.SKIPPED for each in told)
            self.total += bool(step.wait.skip_to) + (not skipped)


def _timed_again(told: tuple[Action, ...], visited: set[str]) -> Action | None:
    """What a date that became another led to, at a step that was done before."""
    return next(
        (
            each
            for each in told
            if each.step not in visited and (each.deed in TIMED or _by_date(each))
        ),
        None,
    )


def _by_date(action: Action) -> bool:
    """The lead is led out because its date is past or missing."""
    return action.deed is Deed.CLOSED and action.why in {"past", "no_date"}


def _parks(step: Step, action: Action) -> bool:
    may = step.wait_for is not None or bool(step.wait and step.wait.may_park)
    waits = may and action.deed is Deed.WAITS and action.until is not None
    return waits and action.until is not None and action.until - action.at > LONGEST_RUN
