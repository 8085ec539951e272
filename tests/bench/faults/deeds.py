"""What leads, their mailboxes and SES do while mails are on their way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any, Protocol

from coldframe.domain.email_event import EmailEvent, EmailEventKind
from coldframe.domain.errors import Transient
from coldframe.services.capture import CaptureLead
from coldframe.services.following import FollowLink
from coldframe.services.record_event import RecordEvent
from coldframe.services.unsubscribing import Unsubscribe
from tests.bench.faults.crew import Crew
from tests.bench.faults.truth import Truth
from tests.bench.faults.weather import Odds, Weather
from tests.fakes.stage import BROWSER
from tests.fakes.world import World, lead_of

STREAM, QUEUE = 60.0, 60.0
"""Seconds a function may run."""


class Invoking(Protocol):
    def __call__(self, work: Callable[[], Any], *, seconds: float) -> Any: ...


@dataclass(slots=True, kw_only=True)
class Deeds:
    chance: Random
    odds: Odds
    crew: Crew
    weather: Weather
    truth: Truth
    invoked: Invoking
    world: World = field(init=False)
    addresses: dict[str, str] = field(default_factory=dict)

    def accepted(self, tags: dict[str, str]) -> None:
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

    def asked_about(self, lead: str) -> None:
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

    def post(self, address: str) -> None:
        command = CaptureLead(
            lead=lead_of(address),
            form="cake-guide",
            address=address,
            fields={"email": address},
            consents={"baking": "Yes, send me baking tips."},
        )
        self.invoked(lambda: self.world.capture()(command), seconds=STREAM)
