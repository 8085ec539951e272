"""What SES tells of one mail, as far as we use it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coldframe.domain.message import HAND_OFF_MAIL


class EmailEventKind(StrEnum):
    SENT = "sent"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    REJECTED = "rejected"
    OPENED = "opened"
    CLICKED = "clicked"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailEvent:
    """``id`` is the same for every copy of one event, and for no other."""

    id: str
    lead: str
    message: str
    mail: str
    """The mail's tag; HAND_OFF_MAIL for a notice to the client's own people."""
    kind: EmailEventKind
    at: datetime
    hard: bool = False
    """bounced: for good (SES: Permanent)."""
    detail: str = ""
    """bounced, complained, delayed, rejected: SES's own word."""
    agent: str = ""
    is_bot: bool = False
    """opened, clicked: SES's `isBotEvent: Likely`."""
    link: int | None = None
    """clicked: the link's index in the mail, when known."""
    target: str = ""

    @property
    def of_notice(self) -> bool:
        return self.mail == HAND_OFF_MAIL
