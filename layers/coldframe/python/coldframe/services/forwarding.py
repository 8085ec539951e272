"""A reply passed on to the client's owner: reserved as a message before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.errors import MailRefused
from coldframe.domain.message import REPLY_MAIL, SETTLED, Message, MessageState
from coldframe.services.dispatching import REPEAT, Dispatching
from coldframe.services.ports.replies import Forward, ForwardWriter

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Ledger, Mailer, Playbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarding:
    ledger: Ledger
    mailer: Mailer
    writer: ForwardWriter
    playbook: Playbook
    clock: Clock

    def __call__(self, forward: Forward, *, answered: Message | None, at: datetime) -> None:
        """MailRefused when SES wants it in no form: a person has to see to it.

        One that is in doubt is repeated when SES has kept silent: no reply may get lost.

        NotYet while it is in doubt, or when SES asked to slow down; StaleLead when another is at
        it. Whoever comes again finds it as it stands.
        """
        dispatching = Dispatching(ledger=self.ledger, mailer=self.mailer, clock=self.clock)
        known = self.ledger.message(forward.lead, forward.id)
        message = _new(forward, answered, at)
        if known is not None:
            message = dispatching.free(known, on_unknown=REPEAT)
        if message.state not in SETTLED:
            message = dispatching(message, self.writer.write(forward, self.playbook.client()))
        if message.state is MessageState.REFUSED:
            raise MailRefused(message.why)


def _new(forward: Forward, answered: Message | None, at: datetime) -> Message:
    return Message(
        lead=forward.lead,
        id=forward.id,
        mail=REPLY_MAIL,
        enrolment=answered.enrolment if answered else "",
        journey=answered.journey if answered else "",
        step="",
        state=MessageState.DEFERRED,
        at=at,
    )
