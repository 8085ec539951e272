"""One client's leads, from their posts to the end of their journeys, in any weather."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any, TypeVar, cast

from coldframe.adapters.table import Table
from coldframe.adapters.wire.clients import SERVICES
from coldframe.domain.decision import Decision
from coldframe.domain.errors import StaleLead, Transient
from coldframe.domain.record import LeadRecord
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.broadcasting import SendBroadcast
from tests.bench.faults.books import records_in_memory
from tests.bench.faults.crew import Crew
from tests.bench.faults.deeds import QUEUE, STREAM, Deeds
from tests.bench.faults.ears import SWEEP, Heard, Runs, Started, WakingAlarm, witnessed
from tests.bench.faults.ses import BotocoreSes, Ses
from tests.bench.faults.tabled import StormyTable, TabledWorld
from tests.bench.faults.truth import Truth
from tests.bench.faults.weather import Odds, Weather
from tests.fakes.clock import MONDAY, FrozenClock
from tests.fakes.world import World, lead_of
from tests.fakes.writes import Crash
from tests.integration.account import TABLE

END = MONDAY + timedelta(days=24)
LETTER_AT = MONDAY + timedelta(days=4)
STEP, BROADCAST = 90.0, 900.0
"""Seconds a function may run."""
TRIES = {STEP: 13, STREAM: 1000, QUEUE: 1000, BROADCAST: 3}
"""Step Functions and who calls without waiting give up some day; streams and queues don't."""
LONGEST_BACKOFF = {STEP: 300.0, STREAM: 60.0, QUEUE: 20.0, BROADCAST: 120.0}
Answer = TypeVar("Answer")


class GaveUp(Exception):
    """Whoever invoked it has tried often enough."""


@dataclass(slots=True, kw_only=True)
class Play:
    chance: Random
    odds: Odds
    attempts: int = SERVICES["sesv2"].attempts
    client: Any = None
    """Of a table, for a world over the real adapters; None: over fakes."""
    crew: Crew = field(init=False)
    weather: Weather = field(init=False)
    truth: Truth = field(init=False)
    deeds: Deeds = field(init=False)
    world: World = field(init=False)
    ses: Ses = field(init=False)
    machine: "Runs" = field(init=False)

    def __post_init__(self) -> None:
        clock = FrozenClock()
        self.crew = Crew(clock)
        self.weather = Weather(crew=self.crew, chance=self.chance, odds=self.odds)
        self.truth = Truth(crew=self.crew)
        self.deeds = Deeds(
            chance=self.chance,
            odds=self.odds,
            crew=self.crew,
            weather=self.weather,
            truth=self.truth,
            invoked=self.invoked,
        )
        told, attempts = self.deeds.accepted, self.attempts
        self.world = self.deeds.world = self._world(clock)
        kind = BotocoreSes if self.client else Ses
        self.ses = kind(weather=self.weather, told=told, attempts=attempts)
        self.world.mailer = self.ses  # type: ignore[assignment]  # another that keeps its promises
        self.machine = Runs(self.world, partial(self.invoked, seconds=STEP))
        self.world.runs.started = Started(self._begun)
        self.world.waits.answers = Started(self._answered)
        self.world.stream.records = Heard(self._recorded)
        self.world.broadcasts.asked = Heard(self._go_on)
        self.world.alarm = WakingAlarm(self.weather, self.world.due, clock, crew=self.crew)

    def _world(self, clock: FrozenClock) -> World:
        if self.client is None:
            return witnessed(clock, self.weather, self.truth, self.deeds.asked_about)
        world = TabledWorld(clock=clock, writes=self.weather)
        stormy = StormyTable(
            client=self.client,
            weather=self.weather,
            truth=self.truth,
            told=self._recorded,
            asked_about=self.deeds.asked_about,
        )
        world.lay(Table(cast("Any", stormy), TABLE))
        return world

    def run(self, leads: int) -> None:
        addresses = {lead_of(each): each for each in map(_address, range(leads))}
        self.deeds.addresses = addresses
        for address in addresses.values():
            after = self.chance.uniform(0, 86_400)
            self.crew.start(partial(self.deeds.post, address), after=after)
        self.crew.start(self._sweep)
        self.crew.start(self._broadcast, after=(LETTER_AT - MONDAY).total_seconds())
        self.crew.run(END)

    def records(self) -> list[LeadRecord]:
        """As the books stand."""
        if isinstance(self.world, TabledWorld):
            return self.world.records(self.client)
        return list(records_in_memory(self.world))

    def invoked(self, work: Callable[[], Answer], *, seconds: float) -> Answer:
        """By somebody who asks again when it dies, fails in passing, or isn't heard of."""
        for number in range(TRIES[seconds]):
            if self.weather.happens("an invocation ran twice at once", self.odds.unheard):
                self.crew.start(partial(self._unheard, work, seconds))
            try:
                with self.weather.invocation(seconds):
                    return work()
            except (Crash, StaleLead, Transient):
                longest = min(LONGEST_BACKOFF[seconds], 2.0 ** min(number + 1, 9))
                self.crew.sleep(self.chance.uniform(0, longest))
        raise GaveUp

    def _unheard(self, work: Callable[[], object], seconds: float) -> None:
        try:
            with self.weather.invocation(seconds):
                work()
        except (Crash, Exception):  # noqa: BLE001 - nobody hears what became of it
            return

    def _recorded(self, record: Touchpoint | Decision) -> None:
        """The stream shows it a little later, in any order, perhaps twice."""
        self.crew.start(partial(self._deliver, record), after=self.chance.expovariate(0.5))
        if self.weather.happens("the stream repeated a record", self.odds.twice):
            self.crew.start(partial(self._deliver, record), after=self.chance.uniform(0, 120))

    def _deliver(self, record: Touchpoint | Decision) -> None:
        if isinstance(record, Touchpoint):
            self.invoked(lambda: self.world.reacting()(record), seconds=STREAM)
        else:
            self.invoked(lambda: self.world.carrying_out()(record), seconds=STREAM)

    def _begun(self, name: str) -> None:
        self.crew.start(partial(self._go, name), after=self.chance.expovariate(10.0))

    def _answered(self, token: str) -> None:
        self.crew.wake(token.partition("/")[0])

    def _go(self, name: str) -> None:
        self.machine.begin(name)
        while True:
            if self.machine.moved(name):
                continue
            until = self.machine.rests(name)
            if until is None:
                return
            self.crew.sleep_until(until, name=name)

    def _sweep(self) -> None:
        """Every midnight too, for what nobody armed it for."""
        alarm = self.world.alarm
        while True:
            now = self.crew.clock.at
            guard = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
            self.crew.sleep_until(min(alarm.at or guard, guard), name=SWEEP)
            if self.crew.clock.at < min(alarm.at or guard, guard):
                continue
            alarm.at = None
            self.invoked(lambda: self.world.sweeping()(lambda: 60.0), seconds=STREAM)

    def _broadcast(self) -> None:
        self._send_broadcast("letter", LETTER_AT, None)

    def _go_on(self, asked: tuple[str, datetime, str | None]) -> None:
        """A function that is called without waiting for its answer."""
        self.crew.start(partial(self._send_broadcast, *asked), after=self.chance.expovariate(2.0))

    def _send_broadcast(self, name: str, at: datetime, lead: str | None) -> None:
        command = SendBroadcast(broadcast=name, scheduled_at=at, lead=lead)
        begun = self.crew.clock.at

        def left() -> float:
            return BROADCAST - (self.crew.clock.at - begun).total_seconds()

        with suppress(GaveUp):  # the sweep looks after it
            self.invoked(lambda: self.world.broadcasting()(command, left), seconds=BROADCAST)


def _address(number: int) -> str:
    return f"lead{number}@example.com"


def played(
    seed: str,
    *,
    leads: int,
    odds: Odds,
    attempts: int = SERVICES["sesv2"].attempts,
    client: Any = None,
) -> Play:
    chance = Random(seed)  # noqa: S311 - guards nothing
    play = Play(chance=chance, odds=odds, attempts=attempts, client=client)
    play.run(leads)
    return play
