"""One mail to one lead, from intent to what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

HAND_OFF_MAIL = "_hand_off"
NOTIFY_MAIL = "_notify"
TASK_MAIL = "_task"
REPLY_MAIL = "_reply"
"""An answer that is passed on to the client's owner."""
NOTICES = frozenset({HAND_OFF_MAIL, NOTIFY_MAIL, TASK_MAIL, REPLY_MAIL})
"""Tags of mails to the client's own people: what becomes of them says nothing about the lead."""
WEBHOOK = "webhook:"
TEXT = "text:"
"""What a message's ``mail`` begins with when it is none: a call, a text message."""

DOUBT = timedelta(minutes=15)
"""How long SES's own `Send` event may take to settle a call that got no answer."""
OUTCOME_UNKNOWN = "outcome_unknown"

TRAP = -2
"""The index of the link in every mail that no person sees."""
WAY_OUT = -3
"""That of the link to unsubscribe, which every mail holds: looking at its page is no click."""
LANDED = -4
"""No link: the page that one led to has told, with its visitor's consent, whose visit it is."""


class MailKind(StrEnum):
    REQUESTED = "requested"
    VALUE = "value"
    PROMOTION = "promotion"
    PERSONAL = "personal"
    NOTICE = "notice"
    """To the client's own people (a hand-off, an alert): no gate, no caps."""


class MessageState(StrEnum):
    DEFERRED = "deferred"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


SETTLED = frozenset({MessageState.SENT, MessageState.REFUSED, MessageState.UNKNOWN})
"""Nothing more becomes of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The message item: the claim's outcome and what SES told of it."""

    lead: str
    id: str
    mail: str
    enrolment: str
    journey: str
    step: str
    state: MessageState
    at: datetime
    """When this state was reached."""
    why: str = ""
    detail: str = ""
    """Which rule of those that ``why`` names."""
    until: datetime | None = None
    attempt: int = 1
    by: str = ""
    """Tells whose attempt it is, while it is on its way: another's may be of the same instant."""
    ses_id: str = ""
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    bounced_at: datetime | None = None
    bounce: str = ""
    """hard | soft | ours"""
    bounced_why: str = ""
    """SES's own words, here and below."""
    rejected_at: datetime | None = None
    rejected_why: str = ""
    complained_at: datetime | None = None
    delayed_at: datetime | None = None
    content_hash: str = ""
    links: int = 0
    """How many links of ours the mail held."""
    requested: bool = False
    """The lead asked for it, and may well be waiting for it to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedMail:
    """What goes to SES: bare addresses, one line per header, no template."""

    sender: str
    recipient: str
    reply_to: str
    subject: str
    html: str | None
    text: str
    headers: tuple[tuple[str, str], ...]
    tags: tuple[tuple[str, str], ...]
    attached: bytes = b""
    """A whole mail, as it came to us, that goes with this one."""
