"""One mail of one enrolment's step: what a send step is about."""

from dataclasses import dataclass
from datetime import datetime

from coldframe.domain.enrolment import Claim, Enrolment, Waiting, message_id
from coldframe.domain.message import Message, MessageState
from coldframe.domain.playbook import Mail, Step
from coldframe.domain.waiting import counts_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    enrolment: Enrolment
    step: Step
    mail: Mail
    token: str | None

    @property
    def claim(self) -> Claim | None:
        return self.enrolment.claims.get(self.mail.mail)

    @property
    def message(self) -> str:
        """The message's id: the same in every run."""
        claimed = self.claim
        return claimed.message if claimed else message_id(self.enrolment.id, self.mail.mail)

    @property
    def entered_before(self) -> bool:
        return self.claim is not None or self.enrolment.step == self.step.id

    def new_claim(self, at: datetime) -> Claim:
        return Claim(mail=self.mail.mail, message=self.message, at=at)

    def since(self, entered: datetime) -> datetime:
        """From when on an event counts for the wait that follows the mail."""
        if self.step.wait_for is None:
            return entered
        return counts_from(self.step.wait_for, self.step, self.enrolment, entered=entered)

    def waiting(self, entered: datetime) -> Waiting | None:
        if self.token is None or self.step.wait_for is None:
            return None
        return Waiting(
            step=self.step.id,
            token=self.token,
            since=self.since(entered),
            generation=self.enrolment.generation,
        )

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
        )
