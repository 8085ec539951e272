"""A lead changes its address: asked for on its page, confirmed by a fresh link at the new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from coldframe.domain.instants import milliseconds
from coldframe.domain.languages import FIELD as LANGUAGE
from coldframe.domain.lead import normal_address
from coldframe.domain.merging import linked
from coldframe.domain.touchpoint import ADDRESS_OFFERED, record
from coldframe.services.preferring import PREFERENCES

if TYPE_CHECKING:
    from coldframe.domain.playbook import Client
    from coldframe.services.ports import Clock, LinkClaims, Links, Playbook, Profiles, Touchpoints

ADDRESS: Final = "address"
"""The link's purpose; its target is the instant at which it ends, and what it was asked by."""
SOURCE: Final = "preferences"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddress:
    """``fresh``: the link still changes anything."""

    client: Client
    language: str
    lead: str
    address: str
    old: str
    asked_by: str
    fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangingAddress:
    profiles: Profiles
    touchpoints: Touchpoints
    links: Links
    playbook: Playbook
    lead_of: Callable[[str], str]
    clock: Clock

    def ask(self, token: str, text: str) -> bool:
        """A mail to the new address asks back. False: it is the one that is written to already.

        InvalidAddress tells what is wrong with it; InvalidToken, that the link isn't ours.
        """
        link, now = self.links.read(PREFERENCES, token), self.clock.now()
        address, profile = normal_address(text), self.profiles.get(link.lead)
        if profile is None or profile.address == address:
            return False
        offered = record(
            lead=link.lead,
            kind=ADDRESS_OFFERED,
            source=SOURCE,
            received_at=now,
            data={"address": address},
            own_id=f"{address} {now:%Y-%m-%d}",
        )
        self.touchpoints.append(offered)
        return True

    def look(self, token: str) -> NewAddress:
        """InvalidToken for a link that isn't ours, or has another purpose."""
        return self._asked(self.links.read(ADDRESS, token))

    def confirm(self, token: str) -> NewAddress:
        """Known under the new address from then on; a lead that had it already is merged in."""
        asked = self.look(token)
        if asked.fresh and asked.old != asked.address:
            self.touchpoints.append(
                linked(
                    asked.lead,
                    self.lead_of(asked.address),
                    why="changed its address",
                    by=SOURCE,
                    at=milliseconds(self.clock.now()),
                    address=asked.address,
                    was=asked.old,
                    own_id=asked.asked_by,
                )
            )
        return asked

    def _asked(self, link: LinkClaims) -> NewAddress:
        ends, _, asked_by = link.target.partition(" ")
        profile, client = self.profiles.get(link.lead), self.playbook.client()
        offered = profile.offered if profile else None
        told = profile.fields.get(LANGUAGE) if profile else None
        by_this = offered is not None and offered.by == asked_by
        return NewAddress(
            client=client,
            language=told.value if told else client.locale,
            lead=link.lead,
            address=offered.value if offered and by_this else "",
            old=profile.address if profile else "",
            asked_by=asked_by,
            fresh=by_this and self.clock.now() < datetime.fromisoformat(ends),
        )
