"""All leads of a simulation, in chunks and on every core; the sums don't depend on how many."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from workbench.simulate.ride import Ride
from workbench.simulate.tally import Tally

if TYPE_CHECKING:
    from workbench.simulate.scene import Scene
    from workbench.simulate.story import Story

CHUNK: Final = 125
WORTH: Final = 500
"""Fewer leads than this are done sooner than another process has started."""
_scenes: list[Scene] = []


def simulate(
    scene: Scene, *, leads: int, cores: int | None = None, told: Callable[[int], None] | None = None
) -> Tally:
    """``told`` hears how many leads more are done."""
    tally = Tally()
    chunks = [range(first, min(first + CHUNK, leads)) for first in range(0, leads, CHUNK)]
    for part in _tallies(scene, chunks, cores=cores or os.cpu_count() or 1, leads=leads):
        tally.add(part)
        if told is not None:
            told(part.leads)
    return tally


def diary_of(scene: Scene, number: int) -> tuple[Ride, Story]:
    ride = Ride(scene, number, diary=True)
    return ride, ride.run()


def _tallies(scene: Scene, chunks: list[range], *, cores: int, leads: int) -> Iterator[Tally]:
    """In the order of the chunks, whoever is done first."""
    if cores == 1 or leads < WORTH:
        yield from (_tally(scene, chunk) for chunk in chunks)
        return
    with ProcessPoolExecutor(
        cores, mp_context=get_context("spawn"), initializer=_begin, initargs=(scene,)
    ) as pool:
        yield from pool.map(_chunk, chunks)


def _begin(scene: Scene) -> None:
    _scenes.append(scene)


def _chunk(numbers: range) -> Tally:
    return _tally(_scenes[-1], numbers)


def _tally(scene: Scene, numbers: range) -> Tally:
    tally = Tally()
    for number in numbers:
        tally.add(Ride(scene, number).run().tally)
    return tally
