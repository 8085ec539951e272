"""How large a run can grow at worst: AWS ends one of 25,000 events, and one of a year."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Final

from coldframe.domain.journey import Journey, Step
from coldframe.domain.journey_steps import Split
from infra.journeys.pauses import LONGEST_RUN
from infra.journeys.retired import targets

MOST_EVENTS: Final = 24_000
LONGEST: Final = timedelta(days=360)
_TASK: Final = 5
"""Entered, scheduled, started, succeeded, exited."""
_RETRIES: Final = 12 * 3
_PAUSE: Final = 2
_PUT_OFF: Final = 4 * (_TASK + _PAUSE)
"""A mail that waits for its hour, and for room under the caps."""
_MONTH: Final = int(LONGEST_RUN.total_seconds())
_WEEK: Final = 8 * 86_400


def limit_problem(journey: Journey) -> str:
    """What to say against the journey; empty: nothing."""
    if (events := _most(journey, _events)) > MOST_EVENTS:
        return (
            f"can write {events} lines of history in one run, and AWS ends it at 25000;"
            " make two journeys of it"
        )
    time = timedelta(seconds=_most(journey, _seconds))
    if time > LONGEST:
        return (
            f"can take {time.days} days in one run, and AWS ends it after a year; make two"
            " journeys of it, the first leading to the second by `at_end`"
        )
    return ""


def _most(journey: Journey, cost: Callable[[Step], int]) -> int:
    @cache
    def from_here(name: str) -> int:
        step = journey.steps[name]
        return cost(step) + max(map(from_here, set(targets(step))), default=0)

    for name in reversed(list(journey.steps)):
        from_here(name)
    return from_here(journey.first)


def _events(step: Step) -> int:
    if isinstance(step.action, Split):
        return _PAUSE
    put_off = _PUT_OFF if step.kind in {"send", "text"} else 0
    return _TASK + _RETRIES + put_off + (_PAUSE if step.pause else 0)


def _seconds(step: Step) -> int:
    """What it can wait without parking."""
    if step.wait_for:
        return min(step.wait_for.limit, _MONTH)
    wait = step.wait
    if wait is None:
        return 0
    if wait.may_park or wait.seconds is None:
        return _MONTH
    return min(wait.seconds + (_WEEK if wait.until else 0), _MONTH)
