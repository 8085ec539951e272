"""The unsubscribe link: looking at it changes nothing, posting it ends all marketing mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.gate import Prohibition
from coldframe.domain.touchpoint import UNSUBSCRIBED, record

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Gates, Links, Touchpoints


UNSUBSCRIBE = "unsubscribe"
"""The link's purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribe:
    """``posted``: by POST. A GET is only looked at: scanners and previews follow links."""

    token: str
    posted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribing:
    gates: Gates
    touchpoints: Touchpoints
    links: Links
    clock: Clock

    def __call__(self, command: Unsubscribe) -> None:
        """InvalidToken for a link that isn't ours.

        The gate first: from then on no mail is claimed, whatever becomes of the rest.
        """
        link = self.links.read(UNSUBSCRIBE, command.token)
        if not command.posted:
            return
        now = self.clock.now()
        self.gates.forbid(link.lead, Prohibition.UNSUBSCRIBED, now)
        self.touchpoints.append(
            record(
                lead=link.lead,
                kind=UNSUBSCRIBED,
                source="unsubscribe_link",
                received_at=now,
                data={"message": link.message},
            )
        )
