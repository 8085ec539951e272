"""Third pass, first half: the tree as the Task steps that the runtime reads, back to front.

A `send` takes the pause right after it into its own Task; any other pause is a Task of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import singledispatch

from coldframe.domain.playbook import Journey, Step, WaitFor
from infra.journeys import source

END = "end"


@dataclass(slots=True)
class Plan:
    """The steps so far; the last of the journey comes first."""

    steps: dict[str, Step] = field(default_factory=dict)

    def add(self, step: Step) -> str:
        self.steps[step.id] = step
        return step.id

    def end(self) -> str:
        """The step that only closes the enrolment, where a pause is the last thing on a path."""
        return self.add(Step(id=END, kind="end"))


def plan(journey: source.JourneySource) -> Journey:
    found = Plan()
    first = _sequence(journey.steps, None, found) or found.end()
    steps = dict(reversed(found.steps.items()))
    return Journey(journey=journey.journey, title=journey.title, first=first, steps=steps)


def _sequence(steps: Sequence[source.Step], after: str | None, found: Plan) -> str | None:
    for step, pause in reversed(source.paired(steps)):
        after = _emit(step, pause, after, found)
    return after


@singledispatch
def _emit(step: source.Step, _pause: source.Pause, _after: str | None, _found: Plan) -> str:
    raise TypeError(f"a checked journey holds no {type(step).__name__}")


@_emit.register
def _(step: source.Send, pause: source.Pause, after: str | None, found: Plan) -> str:
    mail = step.mail.value if step.mail else ""
    if isinstance(pause, source.WaitFor):
        wait_for = _wait_for(pause, after, found)
        return found.add(Step(id=step.id, kind="send", mail=mail, wait_for=wait_for))
    if isinstance(pause, source.Wait):
        after = after or found.end()
    return found.add(Step(id=step.id, kind="send", mail=mail, wait=_seconds(pause), next=after))


@_emit.register
def _(step: source.Wait, _pause: source.Pause, after: str | None, found: Plan) -> str:
    after = after or found.end()
    return found.add(Step(id=step.id, kind="wait", wait=_seconds(step), next=after))


@_emit.register
def _(step: source.WaitFor, _pause: source.Pause, after: str | None, found: Plan) -> str:
    return found.add(Step(id=step.id, kind="wait_for", wait_for=_wait_for(step, after, found)))


@_emit.register
def _(step: source.HandOff, _pause: source.Pause, after: str | None, found: Plan) -> str:
    return found.add(Step(id=step.id, kind="hand_off", to=step.to, next=after))


def _wait_for(step: source.WaitFor, after: str | None, found: Plan) -> WaitFor:
    if step.event is None or step.limit is None:
        raise TypeError("a checked wait_for has its event and its limit")
    after = after or found.end()
    otherwise = _sequence(step.otherwise, after, found)
    then = _sequence(step.then, after, found)
    limit = int(step.limit.value.total_seconds())
    return WaitFor(when=step.event.value, limit=limit, then=then, otherwise=otherwise)


def _seconds(pause: source.Pause) -> int | None:
    if isinstance(pause, source.Wait) and pause.time:
        return int(pause.time.total_seconds())
    return None
