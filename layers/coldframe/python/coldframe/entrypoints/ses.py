"""SES's events about our mails: only the fields that we use, whatever else they hold."""

import re
from datetime import datetime

from pydantic import AliasChoices, BaseModel, Field

from coldframe.adapters.networks import network_of
from coldframe.domain.email_event import EmailEvent, EmailEventKind
from coldframe.domain.touchpoint import short_hash

KINDS = {
    "Send": EmailEventKind.SENT,
    "Delivery": EmailEventKind.DELIVERED,
    "DeliveryDelay": EmailEventKind.DELAYED,
    "Reject": EmailEventKind.REJECTED,
    "Rendering Failure": EmailEventKind.REJECTED,
    "Open": EmailEventKind.OPENED,
    "Click": EmailEventKind.CLICKED,
    "Bounce": EmailEventKind.BOUNCED,
    "Complaint": EmailEventKind.COMPLAINED,
    "Subscription": EmailEventKind.UNSUBSCRIBED,
}
PERMANENT = "Permanent"
LIKELY = "Likely"
RENDERING = "RenderingFailure"
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
NOT_SPAM = "not-spam"
"""A mailbox provider takes a complaint back, or says that the mail was welcome."""


class SentMail(BaseModel):
    timestamp: datetime
    message_id: str = Field(alias="messageId")
    tags: dict[str, list[str]] = {}

    def tag(self, name: str) -> str:
        return next(iter(self.tags.get(name, [])), "")


class Recipient(BaseModel):
    """Of a bounce. There is one: every mail of ours goes to one address."""

    status: str = ""


class Topics(BaseModel):
    none: bool = Field(default=False, alias="unsubscribeAll")


class Happening(BaseModel):
    """What is said of any kind of event, under the kind's own name."""

    timestamp: datetime | None = None
    feedback_id: str = Field(default="", alias="feedbackId")
    bounce_type: str = Field(default="", alias="bounceType")
    bounce_subtype: str = Field(default="", alias="bounceSubType")
    complaint_type: str | None = Field(default=None, alias="complaintFeedbackType")
    delay_type: str = Field(default="", alias="delayType")
    reason: str = ""
    error: str = Field(default="", alias="errorMessage")
    agent: str = Field(default="", alias="userAgent")
    bot: str = Field(default="", alias="isBotEvent")
    address: str = Field(default="", alias="ipAddress")
    link: str = ""
    bounced: list[Recipient] = Field(default=[], alias="bouncedRecipients")
    topics: Topics | None = Field(default=None, alias="newTopicPreferences")

    @property
    def status(self) -> str:
        """SES's own list of suppressed addresses answers with words here: no code."""
        said = self.bounced[0].status if self.bounced else ""
        return said if STATUS.fullmatch(said) else ""

    @property
    def detail(self) -> str:
        """SES's own word, never a diagnostic text: that may hold an address."""
        return self.bounce_subtype or self.complaint_type or self.delay_type or self.reason


class SesRecord(BaseModel):
    """An event record (``eventType``) or a classic notification (``notificationType``)."""

    type: str = Field(validation_alias=AliasChoices("eventType", "notificationType"))
    mail: SentMail
    send: Happening | None = None
    delivery: Happening | None = None
    delay: Happening | None = Field(default=None, alias="deliveryDelay")
    reject: Happening | None = None
    failure: Happening | None = None
    open: Happening | None = None
    click: Happening | None = None
    bounce: Happening | None = None
    complaint: Happening | None = None
    subscription: Happening | None = None

    def event(self) -> EmailEvent | None:
        """None: not about a mail of ours, or nothing that we act upon."""
        kind, lead, message = KINDS.get(self.type), self.mail.tag("lead"), self.mail.tag("message")
        said = self._said()
        if kind is None or not lead or not message or self._asks_nothing(kind, said):
            return None
        at = said.timestamp or self.mail.timestamp
        return EmailEvent(
            id=self._id(said, at),
            lead=lead,
            message=message,
            mail=self.mail.tag("mail"),
            kind=kind,
            at=at,
            mailed_at=self.mail.timestamp,
            hard=said.bounce_type == PERMANENT,
            status=said.status,
            detail=said.detail or (RENDERING if self.failure else ""),
            agent=said.agent[:300],
            is_bot=said.bot == LIKELY,
            network=network_of(said.address),
            target=said.link,
        )

    def _asks_nothing(self, kind: EmailEventKind, said: Happening) -> bool:
        """A complaint that is none, a subscription in which some topic remains."""
        if kind is EmailEventKind.UNSUBSCRIBED:
            return not (said.topics and said.topics.none)
        return said.complaint_type == NOT_SPAM

    def _said(self) -> Happening:
        """The part under the event's own name."""
        parts = (
            self.bounce,
            self.complaint,
            self.delivery,
            self.delay,
            self.open,
            self.click,
            self.reject,
            self.failure,
            self.subscription,
            self.send,
        )
        return next(filter(None, parts), Happening())

    def _id(self, said: Happening, at: datetime) -> str:
        """A copy has the same; two opens in one mail differ by their instants."""
        own = said.feedback_id or f"{at.isoformat()} {said.link}"
        return short_hash("ses", self.mail.message_id, self.type, own)
