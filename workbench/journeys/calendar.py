"""On which day a lead can get each mail of a journey at the earliest."""

from dataclasses import dataclass

from coldframe.domain.conditions.nodes import Const, IfElse, Node, Type
from coldframe.domain.journey import Journey, Step
from coldframe.domain.journey_steps import Wait
from workbench.journeys.step_words import near, ways

DAY = 86_400
_MS = 1000


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """Seconds after entering; or before (negative) and after a date of the lead."""

    date: str
    seconds: int

    def __str__(self) -> str:
        days = self.seconds // DAY
        return near(self.date, days) if self.date else f"day {days}"


def earliest(journey: Journey) -> dict[str, Day]:
    """Step → day. Steps come before those that follow them."""
    days = {journey.first: Day("", 0)}
    for step in journey.steps.values():
        here = days.get(step.id)
        if here is None:
            continue
        for target, label in ways(step):
            if target:
                after = _after(step, here, label)
                days[target] = min(days.get(target, after), after)
    return days


def _after(step: Step, here: Day, label: str) -> Day:
    if step.wait_for is not None:
        return Day(here.date, here.seconds + (step.wait_for.limit if label == "no" else 0))
    wait = step.wait
    if wait is None:
        return here
    if wait.date is not None:
        return Day(wait.date.field, wait.date.days * DAY)
    return Day(here.date, here.seconds + _least(wait))


def _least(wait: Wait) -> int:
    if wait.computed is not None:
        return min(_written(wait.computed.tree), default=0)
    return wait.seconds or 0


def _written(node: Node) -> list[int]:
    match node:
        case Const(value=int() | float() as value, type=Type.DURATION):
            return [int(value // _MS)]
        case IfElse(then=then, otherwise=otherwise):
            return [*_written(then), *_written(otherwise)]
        case _:
            return []
