"""One mail (or text) of one enrolment's step: what a send step is about."""

from dataclasses import dataclass
from datetime import datetime

from coldframe.domain.enrolment import Claim, Enrolment, Stand, Waiting, message_id
from coldframe.domain.journey import Journey, Step
from coldframe.domain.journey_steps import Send
from coldframe.domain.limits import MAILS, TEXTS
from coldframe.domain.message import MailKind, Message, MessageState
from coldframe.domain.playbook import Mail
from coldframe.domain.waiting import waiting_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    enrolment: Enrolment
    journey: Journey
    step: Step
    mail: Mail
    token: str | None

    @property
    def claim(self) -> Claim | None:
        return self.enrolment.claims.get(self.step.claim)

    @property
    def requested_at(self) -> datetime | None:
        """When the lead asked for it; None: nobody did."""
        return self.enrolment.requested_at if self.mail.kind is MailKind.REQUESTED else None

    @property
    def counts(self) -> bool:
        """A mail; a text counts apart."""
        return isinstance(self.step.action, Send)

    @property
    def channel(self) -> str:
        return MAILS if self.counts else TEXTS

    @property
    def message(self) -> str:
        """The message's id: the same in every run."""
        claimed = self.claim
        return claimed.message if claimed else message_id(self.enrolment.id, self.step.claim)

    @property
    def due_since(self) -> datetime | None:
        """When the step was entered; None: it is only now."""
        return self.enrolment.since if self.enrolment.step == self.step.id else None

    @property
    def entered_before(self) -> bool:
        return self.claim is not None or self.enrolment.step == self.step.id

    def new_claim(self, at: datetime) -> Claim:
        return Claim(mail=self.mail.mail, message=self.message, at=at)

    def stand(self, at: datetime, *, entered: datetime, begun: datetime) -> Stand:
        """``begun``: from when on a wait's limit runs, if the mail has gone; else now."""
        waiting: Waiting | None = None
        if self.token is not None:
            waiting = waiting_for(
                self.step, self.enrolment, token=self.token, entered=entered, begun=begun, now=at
            )
        return Stand(step=self.step.id, at=at, waiting=waiting)

    def new_message(self, at: datetime, *, attempt: int = 1) -> Message:
        """Nothing has been done yet."""
        return Message(
            lead=self.enrolment.lead,
            id=self.message,
            mail=self.mail.mail,
            enrolment=self.enrolment.id,
            journey=self.enrolment.journey,
            step=self.step.id,
            state=MessageState.DEFERRED,
            at=at,
            attempt=attempt,
            content_hash=self.mail.content_hash,
            links=len(self.mail.links),
            requested=self.mail.kind is MailKind.REQUESTED,
        )
