"""A scheduled mail to everyone who consents to its topic, once each, from wherever it stopped."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coldframe.domain.allowance import WAITS_FOR_A_TURN
from coldframe.domain.errors import NotYet, StaleLead, Transient
from coldframe.domain.instants import milliseconds
from coldframe.domain.message import MessageState
from coldframe.services.dispatching import THROTTLED
from coldframe.services.letter import Letter
from coldframe.services.recipient import Posting

if TYPE_CHECKING:
    from coldframe.services.ports import (
        Clock,
        Enrolments,
        Gates,
        Ledger,
        Mailboxes,
        Mailer,
        Playbook,
        Profiles,
        Remaining,
        Renderer,
    )
    from coldframe.services.ports.due import Alarm, Members, Occurrences
    from coldframe.services.ports.turns import Turns


HOLDS_ALL_UP = WAITS_FOR_A_TURN | {THROTTLED}
"""Why nobody's mail goes just now."""
LEASE = timedelta(minutes=16)
"""Longer than a function may run: if the place hasn't moved by then, nobody is at it."""
TIME_TO_END = 80.0
"""Seconds kept back for one mail that SES never answers (65) and for keeping the place."""
PLACE_KEPT_EVERY = 25
SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBroadcast:
    """``lead``: only this recipient, who was deferred."""

    broadcast: str
    scheduled_at: datetime
    lead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcasting:
    occurrences: Occurrences
    members: Members
    enrolments: Enrolments
    gates: Gates
    mailboxes: Mailboxes
    profiles: Profiles
    ledger: Ledger
    mailer: Mailer
    renderer: Renderer
    playbook: Playbook
    alarm: Alarm
    clock: Clock
    turns: Turns

    def __call__(self, command: SendBroadcast, remaining: Remaining) -> None:
        """The same instant twice is one broadcast; whoever comes later goes on where it stands."""
        walk = _Walk(command.broadcast, milliseconds(command.scheduled_at))
        if command.lead is not None:
            self._post_deferred(walk, command.lead)
            return
        cursor = self.occurrences.open(walk.broadcast, walk.scheduled_at, self.clock.now())
        if cursor is not None:
            walk.cursor = cursor
            self._walk_on(walk, remaining)

    def _walk_on(self, walk: _Walk, remaining: Remaining) -> None:
        self._keep_place(walk, self.clock.now() + LEASE)
        topic = self.playbook.broadcast(walk.broadcast).topic
        for number, (lead, cursor) in enumerate(self.members.of(topic, after=walk.cursor or None)):
            if remaining() < TIME_TO_END:
                self._keep_place(walk, self.clock.now())
                return
            pause = self._post(walk, lead)
            walk.cursor = cursor
            if pause is not None:
                self._keep_place(walk, pause)
                return
            if number % PLACE_KEPT_EVERY == PLACE_KEPT_EVERY - 1:
                self._keep_place(walk, self.clock.now() + LEASE)
        if walk.first_due is not None:
            self.alarm.arm(walk.first_due)
        self.occurrences.finish(walk.broadcast, walk.scheduled_at)

    def _post(self, walk: _Walk, lead: str, *, again: bool = False) -> datetime | None:
        """When to go on, if SES or the client's rate asks everybody to slow down.

        One lead's trouble stops nobody. Who was put off is asked for alone: it may be a member no
        more when the walk goes on.
        """
        letter = self._letter(walk, lead, again=again)
        try:
            self._posting()(letter)
        except NotYet as later:
            self._defer(walk, lead, later.until)
            if later.why in HOLDS_ALL_UP:
                return later.until
        except StaleLead:
            self._defer(walk, lead, self.clock.now() + SOON)
        except Transient:
            raise
        except Exception as error:  # noqa: BLE001 - one lead's mail can't hold up the others'
            self._refuse(letter, error)
        return None

    def _post_deferred(self, walk: _Walk, lead: str) -> None:
        self._post(walk, lead, again=True)
        if walk.first_due is not None:
            self.alarm.arm(walk.first_due)
            return
        self.occurrences.settle(walk.broadcast, walk.scheduled_at, lead)

    def _defer(self, walk: _Walk, lead: str, until: datetime) -> None:
        self.occurrences.defer(walk.broadcast, walk.scheduled_at, lead, until)
        walk.first_due = min(walk.first_due or until, until)

    def _keep_place(self, walk: _Walk, due_at: datetime) -> None:
        """The alarm first: whatever is behind the place that is kept will be swept."""
        self.alarm.arm(min(walk.first_due or due_at, due_at))
        self.occurrences.advance(
            walk.broadcast, walk.scheduled_at, cursor=walk.cursor, due_at=due_at
        )

    def _refuse(self, letter: Letter, error: Exception) -> None:
        now = self.clock.now()
        refused = letter.message(now, state=MessageState.REFUSED, why=type(error).__name__)
        self.ledger.settle(refused)

    def _letter(self, walk: _Walk, lead: str, *, again: bool) -> Letter:
        broadcast = self.playbook.broadcast(walk.broadcast)
        mail = self.playbook.mail(broadcast.mail)
        at = walk.scheduled_at
        return Letter(broadcast=broadcast, mail=mail, scheduled_at=at, lead=lead, again=again)

    def _posting(self) -> Posting:
        return Posting(
            enrolments=self.enrolments,
            gates=self.gates,
            mailboxes=self.mailboxes,
            profiles=self.profiles,
            ledger=self.ledger,
            mailer=self.mailer,
            renderer=self.renderer,
            playbook=self.playbook,
            clock=self.clock,
            turns=self.turns,
        )


@dataclass(slots=True)
class _Walk:
    """Where this invocation stands."""

    broadcast: str
    scheduled_at: datetime
    cursor: str = ""
    first_due: datetime | None = field(default=None)
    """The earliest instant of those deferred on the way."""
