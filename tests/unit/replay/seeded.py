"""Months of many leads' lives with an example client, drawn by a seed, on a slow machine."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from coldframe.domain.touchpoint import EMAIL_REPLIED, record
from coldframe.services.capture import CaptureLead
from coldframe.services.preferring import PREFERENCES, Choice
from infra.playbook import compile_client
from tests.fakes.clock import MONDAY, FrozenClock
from tests.fakes.playbook import InMemoryPlaybook
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of

CLIENTS = Path(__file__).parents[3] / "clients"
DAYS = 150
Deed = Callable[[], object]


@dataclass(slots=True)
class SlowClock(FrozenClock):
    """Whoever looks at it has lost a moment."""

    dice: Random = field(default_factory=lambda: Random(1))  # noqa: S311 - dice

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=self.dice.randrange(300))
        return self.at


@dataclass(slots=True)
class Life:
    client: str
    seed: int
    stage: Stage = field(init=False)
    dice: Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)  # noqa: S311 - dice
        compiled = compile_client(CLIENTS / self.client, environment="dev")
        playbook = InMemoryPlaybook(
            of=compiled.client,
            rules=compiled.reactions,
            journeys=dict(compiled.journeys),
            mails=dict(compiled.mails),
            broadcasts=compiled.broadcasts,
        )
        world = World(clock=SlowClock(dice=self.dice), playbook=playbook)
        self.stage = Stage(world)

    @property
    def world(self) -> World:
        return self.stage.world

    def lived(self, leads: int) -> World:
        plans = [plan for number in range(leads) for plan in self._plans(number)]
        for at, deed in sorted(plans, key=lambda each: each[0]):
            self.stage.advance(at)
            deed()
        self.stage.advance(MONDAY + timedelta(days=DAYS))
        self.stage.settle()
        return self.world

    def _plans(self, number: int) -> list[tuple[datetime, Deed]]:
        address = f"ada-{number}@example.com"
        deeds: list[Deed] = [
            lambda: self._event(address),
            lambda: self._views(address),
            lambda: self._clicks(address),
            lambda: self._clicks(address),
            lambda: self._clicks(address),
            lambda: self._posts(address),
            lambda: self._replies(address),
            lambda: self._chooses(address),
            lambda: self._unsubscribes(address),
            lambda: self._bounces(address),
        ]
        comes = self._some_time(30)
        chosen = [self.dice.choice(deeds) for _ in range(8)]
        return [
            (comes, lambda: self._posts(address)),
            *((comes + timedelta(days=self.dice.random() * 100), each) for each in chosen),
        ]

    def _some_time(self, days: int) -> datetime:
        return MONDAY + timedelta(seconds=self.dice.randrange(days * 86_400))

    def _posts(self, address: str) -> None:
        compiled = self.world.playbook
        entries = [each for each in compiled.rules.entries if each.when.kind == "form.submitted"]
        dice = self.dice
        day = self.world.clock.at + timedelta(days=dice.randrange(20, 160))
        fields = {
            "guests": str(dice.randrange(10, 200)),
            "seats": str(dice.randrange(1, 99)),
            "filling": dice.choice(["lemon", "pistachio", ""]),
            "wedding_day": day.date().isoformat(),
            "renewal_on": day.date().isoformat(),
            "phone": dice.choice(["+43 1 0000000", ""]),
            "zone": dice.choice(["", "America/New_York", "Asia/Tokyo"]),
        }
        command = CaptureLead(
            lead=lead_of(address),
            form=dice.choice(entries).when.where["form"],
            address=address,
            fields={name: value for name, value in fields.items() if value},
            consents={topic: "Yes." for topic in compiled.of.topics if dice.random() < 0.9},
        )
        self.stage.survive(lambda: self.world.capture()(command))

    def _event(self, address: str) -> None:
        kind = self.dice.choice(self.world.playbook.rules.events)
        self.stage.happen(kind, address, own_id=str(self.dice.random()))

    def _views(self, address: str) -> None:
        path = self.dice.choice(["/wedding/cakes", "/pricing", "/blog/ratios"])
        for _ in range(self.dice.randrange(1, 5)):
            now = self.world.clock.now()
            seen = record(
                lead=lead_of(address),
                kind="page.viewed",
                source="web",
                received_at=now,
                data={"path": path},
                own_id=str(self.dice.random()),
            )
            self.world.touchpoints.append(seen)

    def _clicks(self, address: str) -> None:
        mine = [each for each in self.world.mailer.sent if each.recipient == address]
        if mine:
            self.stage.follow(self.dice.choice(mine))

    def _replies(self, address: str) -> None:
        lead, now = lead_of(address), self.world.clock.now()
        mine = [each for each in self.stage.mails() if each[0] == lead]
        data = {"text": "Hello!", "mail": mine[-1][1], "message": mine[-1][2]} if mine else {}
        replies = self.world.playbook.of.replies
        if replies:
            self.world.gates.hold(lead, now + timedelta(seconds=replies.hold))
        self.world.touchpoints.append(
            record(
                lead=lead,
                kind=EMAIL_REPLIED,
                source="reply",
                received_at=now,
                data=data,
                own_id=str(self.dice.random()),
            )
        )

    def _chooses(self, address: str) -> None:
        lead = lead_of(address)
        self.stage.settle()
        if lead not in self.world.profiles.rows:
            return
        topics = frozenset(self.world.playbook.of.topics if self.dice.random() < 0.5 else ())
        choice = Choice(topics=topics, a_week=self.dice.choice([None, 1, 2]))
        token = self.world.links.sign(PREFERENCES, lead=lead, message="m")
        self.world.preferring().choose(token, choice)

    def _unsubscribes(self, address: str) -> None:
        mine = [each for each in self.world.mailer.sent if each.recipient == address]
        if mine:
            self.stage.unsubscribe(mine[-1])

    def _bounces(self, address: str) -> None:
        mine = [each for each in self.world.mailer.sent if each.recipient == address]
        if mine and self.dice.random() < 0.2:
            self.stage.bounce(mine[-1])
