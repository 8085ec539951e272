"""A `repeat` written out: its steps once for each round, each round with names of its own."""

from collections.abc import Sequence
from dataclasses import replace

from infra.journeys.journey_source import JourneySource
from infra.journeys.source import (
    Arm,
    Branch,
    Repeat,
    Step,
    every,
    with_ways,
)


def unrolled(journey: JourneySource) -> JourneySource:
    return replace(journey, steps=_unrolled(journey.steps))


def _unrolled(steps: Sequence[Step]) -> tuple[Step, ...]:
    found: list[Step] = []
    for step in steps:
        if isinstance(step, Repeat):
            found += _rounds(step)
        else:
            found.append(with_ways(step, _unrolled))
    return tuple(found)


def _rounds(repeat: Repeat) -> tuple[Step, ...]:
    for step in every(repeat.steps):
        if isinstance(step, Repeat):
            step.spot.report("stands in another repeat; write its rounds out")
            return ()
    return _from(repeat, 1)


def _from(repeat: Repeat, number: int) -> tuple[Step, ...]:
    """This round and all after it, each behind the question whether to go on."""
    steps = _in_round(repeat.steps, number)
    if number == repeat.times:
        return steps
    following = _from(repeat, number + 1)
    if repeat.until is None:
        return (*steps, *following)
    return (*steps, _asked(repeat, number + 1, following))


def _asked(repeat: Repeat, number: int, following: tuple[Step, ...]) -> Step:
    enough = Arm(name="enough", spot=repeat.spot, when=repeat.until, steps=())
    again = Arm(name="again", spot=repeat.spot, when=None, steps=following, is_else=True)
    return Branch(
        id=f"{repeat.id} until ({number})",
        spot=repeat.spot,
        round=number,
        arms=(enough, again),
    )


def _in_round(steps: Sequence[Step], number: int) -> tuple[Step, ...]:
    return tuple(
        with_ways(
            replace(
                step,
                id=step.id if number == 1 or not step.id else f"{step.id} ({number})",
                round=number,
            ),
            lambda way: _in_round(way, number),
        )
        for step in steps
    )
