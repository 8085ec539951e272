"""Ratios of medians, of runs that took turns: what the machine does besides falls on all alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median

from tests.bench.processes import Cost

Run = Callable[[], Cost]
Told = Callable[[str], None]


@dataclass(slots=True)
class Times:
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def add(self, cost: Cost) -> None:
        self.cpu.append(cost.cpu)
        self.wall.append(cost.wall)


def in_turns(runs: Mapping[str, Run], *, rounds: int, told: Told) -> dict[str, Times]:
    """Each once per round, and ``told`` of each."""
    times = {name: Times() for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            told(name)
            times[name].add(run())
    return times


def paired(of: list[float], to: list[float]) -> float:
    """The median of each round's own ratio."""
    return median(one / other for one, other in zip(of, to, strict=True))


def ratio(of: list[float], to: list[float]) -> float:
    return median(of) / median(to)
