"""What a recipient of a broadcast gets."""

from dataclasses import dataclass
from datetime import datetime

from coldframe.domain.enrolment import message_id, recipient_id
from coldframe.domain.message import MailKind, Message, MessageState
from coldframe.domain.playbook import Broadcast, Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A broadcast's mail at its scheduled instant, for one lead."""

    broadcast: Broadcast
    mail: Mail
    scheduled_at: datetime
    lead: str
    again: bool = False
    """It was put off before."""

    @property
    def requested(self) -> bool:
        return self.mail.kind is MailKind.REQUESTED

    @property
    def requested_at(self) -> datetime | None:
        return self.scheduled_at if self.requested else None

    @property
    def occurrence(self) -> str:
        return recipient_id(self.broadcast.broadcast, self.scheduled_at, self.lead)

    def message(
        self, at: datetime, *, state: MessageState = MessageState.DEFERRED, why: str = ""
    ) -> Message:
        return Message(
            lead=self.lead,
            id=message_id(self.occurrence, self.mail.mail),
            mail=self.mail.mail,
            enrolment=self.occurrence,
            journey="",
            step="",
            state=state,
            at=at,
            why=why,
            content_hash=self.mail.content_hash,
            links=len(self.mail.links),
            requested=self.requested,
        )
