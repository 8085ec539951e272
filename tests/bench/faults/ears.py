"""A world whose stream, runs, alarm and gates are heard the moment something happens there."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from coldframe.domain.gate import Gate
from tests.bench.faults.crew import Crew
from tests.bench.faults.truth import Truth, WitnessedGates, WitnessedLedger
from tests.bench.faults.weather import Weather
from tests.fakes.clock import FrozenClock
from tests.fakes.due import InMemoryAlarm
from tests.fakes.machine import Execution, Machine
from tests.fakes.world import World

SWEEP = "the sweep"


class Heard(list[Any]):
    """What is appended is handed on at once."""

    def __init__(self, hear: Callable[[Any], None]) -> None:
        super().__init__()
        self._hear = hear

    def append(self, each: Any) -> None:
        self._hear(each)


class Started(dict[str, Any]):
    """What comes in under a new name is told."""

    def __init__(self, hear: Callable[[str], None]) -> None:
        super().__init__()
        self._hear = hear

    def setdefault(self, name: str, value: Any = None) -> Any:
        if name not in self:
            self[name] = value
            self._hear(name)
        return self[name]


@dataclass(slots=True)
class WakingAlarm(InMemoryAlarm):
    crew: Crew = field(kw_only=True)

    def arm(self, at: datetime) -> None:
        InMemoryAlarm.arm(self, at)
        self.crew.wake(SWEEP)

    def rearm(self, earliest: datetime | None) -> None:
        InMemoryAlarm.rearm(self, earliest)
        self.crew.wake(SWEEP)


class Runs(Machine):
    """Executions that go on each for itself."""

    def begin(self, name: str) -> None:
        run = self.world.runs.started[name]
        journey = self.world.playbook.journey(run.enrolment.journey)
        self.executions[name] = Execution(run, journey, run.enrolment.step)

    def moved(self, name: str) -> bool:
        return self._move(name, self.executions[name])

    def rests(self, name: str) -> datetime | None:
        """Until when; None: for good."""
        return None if name in self.world.runs.stopped else self.executions[name].until


class AskedGates(WitnessedGates):
    __slots__ = ("hear",)
    hear: Callable[[str], None]

    def get(self, lead: str) -> Gate:
        gate = WitnessedGates.get(self, lead)
        self.hear(lead)
        return gate


def witnessed(
    clock: FrozenClock, weather: Weather, truth: Truth, hear: Callable[[str], None]
) -> World:
    world = World(clock=clock, writes=weather)
    gates = AskedGates(weather, truth=truth)
    gates.hear = hear
    world.gates = gates
    parts = {each.name: getattr(world.ledger, each.name) for each in fields(world.ledger)}
    world.ledger = WitnessedLedger(**{**parts, "gates": gates}, truth=truth)
    return world
