"""What forbids or counts mail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coldframe.domain.gate import Gate, Prohibition
    from coldframe.domain.mailbox import Mailbox
    from coldframe.domain.preferences import Preferences


class Gates(Protocol):
    def get(self, lead: str) -> Gate:
        """Read consistently; a lead without an item has an open gate of revision 0.

        Of an identity that was moved, the person's: ``gate.lead`` says whose it is. So it is with
        all that is written here.
        """

    def of(self, leads: Collection[str]) -> Mapping[str, Gate]:
        """Those that there are, of at most 100 leads: one consistent read."""

    def forbid(
        self,
        lead: str,
        prohibition: Prohibition,
        at: datetime,
        why: str = "",
        *,
        mailed_at: datetime | None = None,
    ) -> None:
        """Written at once, outside the revision; never undone by a repeat or a late copy.

        The latest instant is kept: an opt-out holds what was asked for before it, also when the
        lead had opted out, and asked for something, earlier. ``mailed_at``: when the mail went
        that bounced; if the identity was moved afterwards, only its old address is concerned.
        """

    def lift(
        self,
        lead: str,
        prohibition: Prohibition,
        at: datetime,
        *,
        mailed_at: datetime | None = None,
    ) -> None:
        """What forbade up to ``at`` no longer does; kept like a prohibition, the latest wins."""

    def prefer(self, lead: str, chosen: Preferences) -> None:
        """What the lead chose about its mails: the latest choice is kept, whole."""

    def hold(self, lead: str, until: datetime) -> None:
        """Nurturing rests until then; like a prohibition, and the latest instant is kept."""


class Mailboxes(Protocol):
    def of(self, address: str) -> Mailbox:
        """Where mails to this address end up, and what went there on request; consistently."""
