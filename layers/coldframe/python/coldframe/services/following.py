"""A followed link: evidence is kept, and the signed target answered."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.errors import Transient
from coldframe.domain.instants import text_of
from coldframe.domain.touchpoint import LINK_FOLLOWED, record

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Links, Touchpoints


GO = "go"
"""The link's purpose."""
LONGEST_AGENT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowLink:
    token: str
    agent: str = ""
    method: str = "GET"
    network: str = ""
    """What is known of the caller's: scanner | datacentre | apple | google."""
    request: str = ""
    """The request's own id: every follow counts, also several within one millisecond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFollowing:
    touchpoints: Touchpoints
    links: Links
    clock: Clock

    def __call__(self, command: FollowLink) -> str:
        """Where to go, also when the evidence can't be kept just now: the reader comes first.

        InvalidToken for a link that isn't ours.
        """
        link = self.links.read(GO, command.token)
        now = self.clock.now()
        follow = record(
            lead=link.lead,
            kind=LINK_FOLLOWED,
            source="link",
            received_at=now,
            data={
                "message": link.message,
                "link": link.index,
                "target": link.target,
                "agent": command.agent[:LONGEST_AGENT],
                "method": command.method,
                "network": command.network,
            },
            own_id=f"{link.message}#{link.index}#{text_of(now)}#{command.request or command.agent}",
        )
        with suppress(Transient):
            self.touchpoints.append(follow)
        return link.target
