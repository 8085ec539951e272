"""Drives the core as anything would that has a clock: events in, actions out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from coldframe.domain.advance import advance
from coldframe.domain.advancing.walk import Script
from coldframe.domain.consent import Consent
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.gate import Gate
from coldframe.domain.journey import Journey
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Client, Exit, Mail, Reactions
from coldframe.domain.position import Action, Deed, Position
from coldframe.domain.profile import Profile, remember
from coldframe.domain.touchpoint import (
    FORM_SUBMITTED,
    UNSUBSCRIBED,
    Touchpoint,
    record,
)
from tests.fakes.playbook import BAKERY
from tests.unit.core.asked import COUNTED
from tests.unit.core.journeys import mail
from tests.unit.core.zones import utc

START = utc("2026-03-26 10:00")
STORED = TypeAdapter(Position)
SENT = (Deed.MAILED, Deed.TEXTED)


def touchpoint(kind: str, at: datetime, **data: Any) -> Touchpoint:
    return record(lead="ada", kind=kind, source="test", received_at=at, data=data)


def told(at: datetime, **fields: str) -> Touchpoint:
    return touchpoint(FORM_SUBMITTED, at, fields=fields, consents={}, address="ada@example.com")


def position_in(journey: Journey, *, at: datetime = START, lead: str = "ada") -> Position:
    enrolment = Enrolment(
        lead=lead,
        id=f"{lead}-{journey.journey}",
        journey=journey.journey,
        status=EnrolmentStatus.OPEN,
        step=journey.first,
        since=at,
        generation=1,
        started_at=at,
        requested_at=at,
    )
    return Position(enrolment=enrolment)


@dataclass
class Drive:
    """One lead in one journey."""

    journey: Journey
    mails: Mapping[str, Mail] = field(default_factory=dict)
    exits: tuple[Exit, ...] = ()
    client: Client = BAKERY
    stored: bool = False
    """Every position is put away as JSON and read again."""
    lead: str = "ada"
    now: datetime = START
    consents: tuple[str, ...] = ("baking",)

    def __post_init__(self) -> None:
        consent = Consent(at=START, by="t", source="test", text="Yes")
        self.profile = Profile(
            lead=self.lead,
            address="ada@example.com",
            created_at=START,
            consents=dict.fromkeys(self.consents, consent),
        )
        self.gate = Gate(lead=self.lead)
        self.history: list[Touchpoint] = []
        self.position = position_in(self.journey, lead=self.lead)
        self.actions: list[Action] = []

    @property
    def script(self) -> Script:
        def find(name: str) -> Mail:
            return self.mails.get(name) or mail(name, MailKind.VALUE)

        reactions = Reactions(exits=self.exits, memory=(COUNTED,))
        return Script(journey=self.journey, client=self.client, mail=find, reactions=reactions)

    @property
    def open(self) -> bool:
        return self.position.enrolment.status is EnrolmentStatus.OPEN

    def move(self, event: Touchpoint | None = None) -> list[Action]:
        """One move, and those that are due at once."""
        moved: list[Action] = []
        if event is not None:
            self.learn(event)
        while True:
            done = advance(
                self.position,
                self.script,
                profile=self.profile,
                gate=self.gate,
                now=self.now,
                event=event,
                history=self.history,
            )
            self.position, self.gate, event = done.position, done.gate, None
            if self.stored:
                self.position = STORED.validate_json(STORED.dump_json(self.position))
            moved += done.actions
            for told in done.told:
                self.learn(told)
            if done.due is None or done.due > self.now:
                self.actions += moved
                return moved

    def learn(self, event: Touchpoint) -> None:
        self.history.append(event)
        self.profile = remember(self.profile, event, rules=(), memory=(COUNTED,))
        if event.kind == UNSUBSCRIBED:
            self.gate = replace(self.gate, unsubscribed_at=event.occurred_at)

    def until_due(self) -> list[Action]:
        due = self.position.due
        self.now = max(self.now, due) if due else self.now
        return self.move()

    def to_the_end(self, *, most: int = 500) -> "Drive":
        self.move()
        for _ in range(most):
            if not self.open:
                return self
            self.until_due()
        raise AssertionError(f"still at {self.position.enrolment.step} after {most} moves")

    def later(self, event: str, **after: float) -> list[Action]:
        """Something happens after so much time, if nothing is due before; else that first."""
        self.pass_time(**after)
        return self.move(touchpoint(event, self.now))

    def pass_time(self, **after: float) -> None:
        at = self.now + timedelta(**after)
        while self.open and self.position.due and self.position.due <= at:
            self.until_due()
        self.now = at

    def deeds(self) -> list[str]:
        return [f"{each.deed} {each.what}".strip() for each in self.actions]
