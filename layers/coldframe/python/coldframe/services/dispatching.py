"""From a claim to what became of the mail; shared by everyone who sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from os import urandom
from typing import TYPE_CHECKING, Generic, TypeVar

from coldframe.domain.errors import MailRefused, NotYet, Throttled, Transient, UnknownOutcome
from coldframe.domain.message import DOUBT, OUTCOME_UNKNOWN, Message, MessageState

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Ledger
    from coldframe.services.ports.steps import Carrier

Load = TypeVar("Load")

PAUSES = 5
"""Seconds among which throttled mails spread."""
PATIENCE = 4
"""A mail throttled for an hour is tried again after a quarter of one: a run's history is finite."""
LONGEST_PAUSE = timedelta(minutes=30)
REPEAT = "repeat"
IN_DOUBT = "in_doubt"
THROTTLED = "throttled"
FAULTY = "mail_service_faulty"
NEVER_TRIED = "never_tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatching(Generic[Load]):
    ledger: Ledger
    mailer: Carrier[Load]
    clock: Clock
    doubt: timedelta = DOUBT
    """None is needed where the other side knows a repeat by its id."""

    def __call__(
        self, message: Message, mail: Load, *, claimed_at: datetime | None = None
    ) -> Message:
        """Send it, once. The claim is taken; StaleLead when another run is at it already.

        A message that is `sending` was recorded so by its claim.
        ``claimed_at``: when that was, if it wasn't just now.
        """
        sending = message
        if message.state is not MessageState.SENDING:
            sending = on_its_way(message, self.clock.now())
            with unsent(self.ledger, sending):
                self.ledger.sending(sending)
        try:
            ses_id = self.mailer.send(mail)
        except Throttled as error:
            self.ledger.release(replace(sending, why=THROTTLED))
            pause = _pause(message, sending.at - (claimed_at or sending.at))
            raise NotYet(self.clock.now() + pause, THROTTLED) from error
        except Transient:  # surely not sent: a missing grant, an unreachable service
            self.ledger.release(replace(sending, why=FAULTY))
            raise
        except MailRefused as error:
            return self.settle(sending, MessageState.REFUSED, why=str(error))
        except UnknownOutcome as error:
            raise NotYet(sending.at + self.doubt, IN_DOUBT) from error
        return self._sent(sending, ses_id)

    def free(self, message: Message, *, on_unknown: str) -> Message:
        """What may be sent (again), or what has come to its end.

        A mail on its way is in doubt: NotYet until SES's silence is settled by the mail's own rule.
        """
        if message.state is not MessageState.SENDING:
            return message
        if self.doubt and self.clock.now() < message.at + self.doubt:
            raise NotYet(message.at + self.doubt, IN_DOUBT)
        if on_unknown == REPEAT:
            again = message.attempt + 1
            return replace(message, state=MessageState.DEFERRED, attempt=again, by="")
        return self.settle(message, MessageState.UNKNOWN, why=OUTCOME_UNKNOWN)

    def settle(
        self, message: Message, state: MessageState, *, why: str, until: datetime | None = None
    ) -> Message:
        settled = replace(message, state=state, by="", at=self.clock.now(), why=why, until=until)
        self.ledger.settle(settled)
        return settled

    def _sent(self, sending: Message, ses_id: str) -> Message:
        now = self.clock.now()
        sent = replace(sending, state=MessageState.SENT, by="", at=now, sent_at=now, ses_id=ses_id)
        self.ledger.sent(sent)
        return sent


@contextmanager
def unsent(ledger: Ledger, begun: Message) -> Iterator[None]:
    """Around what records that a mail is on its way: if nobody hears whether that was stored, the
    mail is free again, since SES was never called.
    """
    try:
        yield
    except Transient:
        with suppress(Transient):
            ledger.release(replace(begun, why=NEVER_TRIED))
        raise


def on_its_way(message: Message, at: datetime) -> Message:
    begun = replace(message, state=MessageState.SENDING, at=at, why="", detail="", until=None)
    return replace(begun, by=urandom(4).hex())


def _pause(message: Message, held_up: timedelta) -> timedelta:
    spread = timedelta(seconds=1 + int(message.id[:4], 16) % PAUSES)
    return spread + min(held_up / PATIENCE, LONGEST_PAUSE)
