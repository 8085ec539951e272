"""What SES tells of one mail, as far as we use it, and what a bounce says about its lead."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coldframe.domain.asked_for import ABOUT_ADDRESSES
from coldframe.domain.message import NOTICES


class EmailEventKind(StrEnum):
    SENT = "sent"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    REJECTED = "rejected"
    OPENED = "opened"
    CLICKED = "clicked"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    """By SES's own list management, where a client's mails use it."""


class Bounce(StrEnum):
    HARD = "hard"
    """The address takes no mail, now or later."""
    SOFT = "soft"
    OURS = "ours"
    """The mail was at fault, not the address: it never counts against the lead."""


OURS = frozenset({"MessageTooLarge", "ContentRejected", "AttachmentRejected"})
"""SES's subtypes of bounces that the mail brought upon itself."""
GIVEN_UP = "4.4.7"
"""The status of a mail that no server took for as long as SES tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailEvent:
    """``id`` is the same for every copy of one event, and for no other."""

    id: str
    lead: str
    message: str
    mail: str
    """The mail's tag; one of NOTICES for a notice to the client's own people."""
    kind: EmailEventKind
    at: datetime
    mailed_at: datetime | None = None
    """When SES took the mail."""
    hard: bool = False
    """bounced: for good (SES: Permanent)."""
    status: str = ""
    """bounced: the enhanced status code, as `4.2.2`."""
    detail: str = ""
    """bounced, complained, delayed, rejected: SES's own word."""
    agent: str = ""
    is_bot: bool = False
    """opened, clicked: SES's `isBotEvent: Likely`."""
    network: str = ""
    """opened, clicked: scanner | datacentre | apple | google, where it is one that we know."""
    link: int | None = None
    """clicked: the link's index in the mail, when known."""
    target: str = ""

    @property
    def bounce(self) -> Bounce:
        if self.detail in OURS:
            return Bounce.OURS
        return Bounce.HARD if self.hard or self.status == GIVEN_UP else Bounce.SOFT

    @property
    def why(self) -> str:
        """SES's own words: `MailboxFull 4.2.2`."""
        return " ".join(filter(None, (self.detail, self.status)))

    @property
    def of_notice(self) -> bool:
        return self.mail in NOTICES or self.mail in ABOUT_ADDRESSES
