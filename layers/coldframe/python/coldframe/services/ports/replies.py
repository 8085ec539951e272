"""What receiving replies needs of the outside, beside the ports that all share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from coldframe.domain.replies.inbound import InboundMail

if TYPE_CHECKING:
    from coldframe.domain.message import RenderedMail
    from coldframe.domain.playbook import Client
    from coldframe.domain.profile import Profile


LeadIds = Callable[[str], str]
"""The id of the lead whom an address in its normal form makes."""


class Inbox(Protocol):
    def read(self, receipt: str) -> InboundMail:
        """The mail of a receipt, whatever its bytes are."""


class SignedAddress(Protocol):
    @property
    def lead(self) -> str: ...
    @property
    def message(self) -> str: ...


class ReplyAddresses(Protocol):
    def answered(self, address: str) -> SignedAddress | None:
        """The message that the address answers; None if we didn't make it. Never expires."""

    def is_blind_copy(self, address: str) -> bool:
        """Whether it is the secret one at which the client's people tell of their own mails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """A person's mail, to be passed on to the client's owner."""

    id: str
    """Of the message item that stands for it."""
    lead: str
    mail: InboundMail
    profile: Profile | None
    """None: we know no lead who wrote this."""
    answers: str = ""
    """The mail it answers, if we know."""
    held_until: datetime | None = None
    unsubscribed: bool = False


class ForwardWriter(Protocol):
    def write(self, forward: Forward, client: Client) -> RenderedMail:
        """To the owner, answered to who wrote; tagged ``mail=_reply`` (REPLY_MAIL)."""
