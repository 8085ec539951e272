"""Plays what surrounds the use cases: the stream, journeys' runs, SES and the sweep.

A crash ends an invocation; whoever invoked it asks again, as Lambda's sources and Step Functions
do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from coldframe.domain.decision import Decision
from coldframe.domain.email_event import EmailEvent, EmailEventKind
from coldframe.domain.errors import (
    StaleLead,
    Transient,
)
from coldframe.domain.instants import milliseconds
from coldframe.domain.merging import linked
from coldframe.domain.message import MessageState, RenderedMail
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.broadcasting import SendBroadcast
from coldframe.services.capture import CaptureLead
from coldframe.services.following import FollowLink
from coldframe.services.record_event import RecordEvent
from coldframe.services.unsubscribing import Unsubscribe
from tests.fakes.machine import Machine
from tests.fakes.world import World, lead_of
from tests.fakes.writes import Crash

AT_ONCE = timedelta()
TRIES = 12
TWICE = 0.3
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
Answer = TypeVar("Answer")


@dataclass(slots=True)
class Stage:
    world: World
    order: Random | None = None
    """The stream's records come shuffled, some of them late, some of them twice."""
    machine: Machine = field(init=False)
    told: int = 0
    """Of so many mails SES has told what became of them."""
    silent: bool = False
    """SES's events get lost."""

    def __post_init__(self) -> None:
        self.machine = Machine(self.world, self.survive)

    def post(self, address: str, **fields: str) -> str:
        """The cake guide is asked for, with consent to baking tips."""
        lead = lead_of(address)
        command = CaptureLead(
            lead=lead,
            form="cake-guide",
            address=address,
            fields={"email": address, **fields},
            consents={"baking": "Yes, send me baking tips."},
        )
        self.survive(lambda: self.world.capture()(command))
        return lead

    def follow(
        self, mail: RenderedMail, link: int = 0, *, agent: str = BROWSER, method: str = "GET"
    ) -> str:
        tags = dict(mail.tags)
        token = self.world.links.sign(
            "go",
            lead=tags["lead"],
            message=tags["message"],
            target=f"https://to/{link}",
            index=link,
        )
        request = f"{method}{len(self.world.touchpoints.rows)}"
        command = FollowLink(token=token, agent=agent, method=method, request=request)
        return self.survive(lambda: self.world.following()(command))

    def bounce(self, mail: RenderedMail) -> None:
        sent, *_ = self._events(mail)
        hard = replace(sent, id="bounce", kind=EmailEventKind.BOUNCED, hard=True)
        self.survive(lambda: self.world.email_event_recording()([hard]))

    def book_tasting(self, address: str) -> None:
        self.happen("tasting.booked", address)

    def happen(
        self,
        event: str,
        address: str,
        own_id: str = "the only one",
        *,
        ago: timedelta = AT_ONCE,
        **data: Any,
    ) -> None:
        """A server of the client's tells it, perhaps late."""
        command = RecordEvent(
            lead=lead_of(address),
            address=address,
            event=event,
            own_id=own_id,
            data=data,
            occurred_at=self.world.clock.now() - ago if ago else None,
        )
        self.survive(lambda: self.world.event_recording()(command))

    def merge(self, one: str, other: str, *, why: str = "same person") -> None:
        """A person says that both addresses are one lead's."""
        at = milliseconds(self.world.clock.now())
        asked = linked(lead_of(one), lead_of(other), why=why, by="person", at=at)
        self.survive(lambda: self.world.touchpoints.append(asked))

    def unsubscribe(self, mail: RenderedMail, *, posted: bool = True, agent: str = BROWSER) -> None:
        tags = dict(mail.tags)
        token = self.world.links.sign("unsubscribe", lead=tags["lead"], message=tags["message"])
        request = f"out{len(self.world.touchpoints.rows)}"
        command = Unsubscribe(token=token, posted=posted, agent=agent, request=request)
        self.survive(lambda: self.world.unsubscribing()(command))

    def mails(self) -> list[tuple[str, str, str]]:
        """Lead, mail and message of everything that went out."""
        tags = [dict(mail.tags) for mail in self.world.mailer.sent]
        return [(each["lead"], each["mail"], each["message"]) for each in tags]

    def state_of(self, mail: tuple[str, str, str]) -> MessageState | None:
        lead, _, message = mail
        row = self.world.ledger.rows.get((lead, message))
        return row.state if row else None

    def survive(self, invocation: Callable[[], Answer]) -> Answer:
        for _ in range(TRIES):
            try:
                return invocation()
            except (Crash, StaleLead, Transient):
                continue
        raise AssertionError("retried too often")

    def settle(self) -> None:
        """Until nothing is in flight; time stands still."""
        while self._stream() or self.machine.move() or self._calls() or self._ses():
            pass

    def react(self) -> list[Decision]:
        """Reactions are drawn to all touchpoints so far, but nothing is carried out yet."""
        for record in list(self.world.stream.records):
            if isinstance(record, Touchpoint):
                self.world.reacting()(record)
        return list(self.world.profiles.decisions.values())

    def advance(self, until: datetime) -> None:
        """Time passes, from one deadline to the next."""
        self.settle()
        while (at := self._next()) is not None and at <= until:
            self.world.clock.at = max(at, self.world.clock.at)
            self._sweep()
            self.settle()
        self.world.clock.at = until

    def _stream(self) -> bool:
        records, self.world.stream.records = self.world.stream.records, []
        if self.order:
            records = records + [each for each in records if self.order.random() < TWICE]
            self.order.shuffle(records)
            late = int(len(records) * self.order.random())
            self.world.stream.records, records = records[:late], records[late:]
        for record in records:
            self._deliver(record)
        return bool(records)

    def _deliver(self, record: Touchpoint | Decision) -> None:
        if isinstance(record, Touchpoint):
            self.survive(lambda: self.world.reacting()(record))
        else:
            self.survive(lambda: self.world.carrying_out()(record))

    def _calls(self) -> bool:
        asked, self.world.broadcasts.asked = self.world.broadcasts.asked, []
        for broadcast, scheduled_at, lead in asked:
            self.broadcast(broadcast, scheduled_at, lead)
        return bool(asked)

    def broadcast(self, name: str, scheduled_at: datetime, lead: str | None = None) -> None:
        command = SendBroadcast(broadcast=name, scheduled_at=scheduled_at, lead=lead)
        self.survive(lambda: self.world.broadcasting()(command, lambda: 900.0))

    def _ses(self) -> bool:
        mails = self.world.mailer.sent[self.told :]
        self.told += len(mails)
        events = [] if self.silent else [each for mail in mails for each in self._events(mail)]
        if self.order:
            events = events * 2
            self.order.shuffle(events)
        if events:
            self.survive(lambda: self.world.email_event_recording()(events))
        return bool(mails)

    def _events(self, mail: RenderedMail) -> list[EmailEvent]:
        tags, at = dict(mail.tags), self.world.clock.now()
        return [
            EmailEvent(
                id=f"{tags['message']}/{kind}",
                lead=tags["lead"],
                message=tags["message"],
                mail=tags["mail"],
                kind=kind,
                at=at,
            )
            for kind in (EmailEventKind.SENT, EmailEventKind.DELIVERED)
        ]

    def _sweep(self) -> None:
        alarm, now = self.world.alarm, self.world.clock.now()
        guarded = now.hour == now.minute == now.second == 0 and bool(self.world.due.all())
        if guarded or (alarm.at is not None and alarm.at <= now):
            alarm.at = None
            self.survive(lambda: self.world.sweeping()(lambda: 60.0))

    def _next(self) -> datetime | None:
        ahead = [self.machine.next(), self.world.alarm.at, self._guard()]
        return min(filter(None, ahead), default=None)

    def _guard(self) -> datetime | None:
        """Every midnight the sweep looks what nobody armed it for."""
        due = min((each.due_at for each in self.world.due.all()), default=None)
        alarm = self.world.alarm.at
        if due is None or (alarm is not None and alarm <= due):
            return None
        today = self.world.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return today + timedelta(days=1)
