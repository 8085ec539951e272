"""The unsubscribe link: looking at it changes nothing, posting it ends all marketing mail."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.errors import Transient
from coldframe.domain.gate import NOT_ME, Prohibition, departure
from coldframe.domain.message import WAY_OUT
from coldframe.domain.touchpoint import UNSUBSCRIBED, record
from coldframe.services.following import follow
from coldframe.services.preferring import PREFERENCES

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Gates, LinkClaims, Links, Touchpoints


UNSUBSCRIBE = "unsubscribe"
"""The link's purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribe:
    """``posted``: by POST. A GET is only looked at: scanners and previews follow links."""

    token: str
    posted: bool
    agent: str = ""
    network: str = ""
    """What is known of the caller's: scanner | datacentre | apple | google."""
    request: str = ""
    """The request's own id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribing:
    gates: Gates
    touchpoints: Touchpoints
    links: Links
    clock: Clock

    def __call__(self, command: Unsubscribe) -> str:
        """The token of the lead's preference page. InvalidToken for a link that isn't ours."""
        link = self.links.read(UNSUBSCRIBE, command.token)
        if command.posted:
            self._unsubscribe(link)
        elif link.message:
            self._keep_in_mind(link, command)
        return self.links.sign(PREFERENCES, lead=link.lead, message=link.message)

    def _keep_in_mind(self, link: LinkClaims, command: Unsubscribe) -> None:
        """Every mail holds this link: whatever follows all of them shows itself by it."""
        look = follow(
            link,
            index=WAY_OUT,
            now=self.clock.now(),
            agent=command.agent,
            network=command.network,
            request=command.request,
        )
        with suppress(Transient):
            self.touchpoints.append(look)

    def _unsubscribe(self, link: LinkClaims) -> None:
        """The gate first: from then on no mail is claimed, whatever becomes of the rest."""
        now = self.clock.now()
        why = NOT_ME if link.target == NOT_ME else ""
        self.gates.forbid(link.lead, Prohibition.UNSUBSCRIBED, now, why)
        self.touchpoints.append(
            record(
                lead=link.lead,
                kind=UNSUBSCRIBED,
                source="unsubscribe_link",
                received_at=now,
                data={"message": link.message, **({"why": why} if why else {})},
                own_id=departure(self.gates.get(link.lead), f"{link.message} {why}"),
            )
        )
