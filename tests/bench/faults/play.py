"""One client's leads, from their posts to the end of their journeys, in any weather."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TypeVar

from coldframe.adapters.wire.clients import SERVICES
from coldframe.domain.decision import Decision
from coldframe.domain.email_event import EmailEvent, EmailEventKind
from coldframe.domain.errors import StaleLead, Transient
from coldframe.domain.gate import Gate
from coldframe.domain.message import Message
from coldframe.domain.outcome import as_it_ended
from coldframe.domain.record import LeadRecord
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.broadcasting import SendBroadcast
from coldframe.services.capture import CaptureLead
from coldframe.services.following import FollowLink
from coldframe.services.record_event import RecordEvent
from coldframe.services.unsubscribing import Unsubscribe
from tests.bench.faults.crew import Crew
from tests.bench.faults.ears import SWEEP, Heard, Runs, Started, WakingAlarm, witnessed
from tests.bench.faults.ses import Ses
from tests.bench.faults.truth import Truth
from tests.bench.faults.weather import Odds, Weather
from tests.fakes.clock import MONDAY, FrozenClock
from tests.fakes.stage import BROWSER
from tests.fakes.world import World, lead_of
from tests.fakes.writes import Crash

END = MONDAY + timedelta(days=24)
LETTER_AT = MONDAY + timedelta(days=4)
STEP, STREAM, QUEUE, BROADCAST = 90.0, 60.0, 60.0, 900.0
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
    crew: Crew = field(init=False)
    weather: Weather = field(init=False)
    truth: Truth = field(init=False)
    world: World = field(init=False)
    ses: Ses = field(init=False)
    machine: "Runs" = field(init=False)
    addresses: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        clock = FrozenClock()
        self.crew = Crew(clock)
        self.weather = Weather(crew=self.crew, chance=self.chance, odds=self.odds)
        self.truth = Truth(crew=self.crew)
        self.ses = Ses(weather=self.weather, told=self._accepted, attempts=self.attempts)
        self.world = witnessed(clock, self.weather, self.truth, self._asked_about)
        self.world.mailer = self.ses  # type: ignore[assignment]  # another that keeps its promises
        self.machine = Runs(self.world, partial(self.invoked, seconds=STEP))
        self.world.runs.started = Started(self._begun)
        self.world.waits.answers = Started(self._answered)
        self.world.stream.records = Heard(self._recorded)
        self.world.broadcasts.asked = Heard(self._go_on)
        self.world.alarm = WakingAlarm(self.weather, self.world.due, clock, crew=self.crew)

    def run(self, leads: int) -> None:
        self.addresses = {lead_of(each): each for each in map(_address, range(leads))}
        for address in self.addresses.values():
            after = self.chance.uniform(0, 86_400)
            self.crew.start(partial(self._post, address), after=after)
        self.crew.start(self._sweep)
        self.crew.start(self._broadcast, after=(LETTER_AT - MONDAY).total_seconds())
        self.crew.run(END)

    @property
    def ended(self) -> list[Message]:
        """Every mail as whoever looks at a lead's record is told of it."""
        world = self.world
        found: list[Message] = []
        leads = {lead for lead, _ in world.enrolments.rows}
        for lead in sorted(leads):
            record = LeadRecord(
                lead=lead,
                profile=world.profiles.rows.get(lead),
                gate=world.gates.rows.get(lead, Gate(lead=lead)),
                enrolments=tuple(row for row in world.enrolments.rows.values() if row.lead == lead),
                messages=tuple(row for row in world.ledger.rows.values() if row.lead == lead),
            )
            found += as_it_ended(record, world.clock.now()).messages
        return found

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

    def _post(self, address: str) -> None:
        command = CaptureLead(
            lead=lead_of(address),
            form="cake-guide",
            address=address,
            fields={"email": address},
            consents={"baking": "Yes, send me baking tips."},
        )
        self.invoked(lambda: self.world.capture()(command), seconds=STREAM)

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

    def _accepted(self, tags: dict[str, str]) -> None:
        self.truth.accepted.append((tags, self.crew.turns))
        for kind in (EmailEventKind.SENT, EmailEventKind.DELIVERED):
            self._tell(tags, kind)
        if self.chance.random() < 0.3 and "lead" in tags:
            after = self.chance.uniform(600, 7200)
            self.crew.start(partial(self._follow, tags), after=after)

    def _tell(self, tags: dict[str, str], kind: EmailEventKind) -> None:
        """Some minutes late at worst: sooner than a doubt ends."""
        event = EmailEvent(
            id=f"{tags['message']}/{kind}",
            lead=tags["lead"],
            message=tags["message"],
            mail=tags["mail"],
            kind=kind,
            at=self.crew.clock.at,
        )
        for _ in range(
            2 if self.weather.happens("the queue delivered twice", self.odds.twice) else 1
        ):
            self.crew.start(partial(self._queue, event), after=self.chance.expovariate(0.05))

    def _queue(self, event: EmailEvent) -> None:
        def record() -> None:
            if self.world.email_event_recording()([event]):
                raise Transient("in part")

        self.invoked(record, seconds=QUEUE)

    def _follow(self, tags: dict[str, str]) -> None:
        token = self.world.links.sign(
            "go", lead=tags["lead"], message=tags["message"], target="https://to/0", index=0
        )
        command = FollowLink(token=token, agent=BROWSER, method="GET", request=tags["message"])
        self.invoked(lambda: self.world.following()(command), seconds=STREAM)

    def _asked_about(self, lead: str) -> None:
        """Whose gate is read is perhaps just about to forbid mail."""
        deeds = {
            "a lead opted out during a send": (self._opt_out, self.odds.opts_out),
            "a lead complained during a send": (self._complain, self.odds.complains),
            "a lead converted during a send": (self._book, self.odds.converts),
        }
        for what, (deed, odds) in deeds.items():
            if self.weather.happens(what, odds):
                self.crew.start(partial(deed, lead), after=self.chance.expovariate(50.0))

    def _opt_out(self, lead: str) -> None:
        token = self.world.links.sign("unsubscribe", lead=lead, message="m")
        command = Unsubscribe(token=token, posted=True)
        self.invoked(lambda: self.world.unsubscribing()(command), seconds=STREAM)

    def _complain(self, lead: str) -> None:
        tags = {"lead": lead, "message": "an-older-one", "mail": "letter"}
        self._tell(tags, EmailEventKind.COMPLAINED)

    def _book(self, lead: str) -> None:
        address = self.addresses[lead]
        command = RecordEvent(
            lead=lead, address=address, event="tasting.booked", own_id="the only one", data={}
        )
        self.invoked(lambda: self.world.event_recording()(command), seconds=STREAM)


def _address(number: int) -> str:
    return f"lead{number}@example.com"


def played(
    seed: str, *, leads: int, odds: Odds, attempts: int = SERVICES["sesv2"].attempts
) -> Play:
    play = Play(chance=Random(seed), odds=odds, attempts=attempts)  # noqa: S311 - guards nothing
    play.run(leads)
    return play
