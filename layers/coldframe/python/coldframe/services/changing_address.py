"""A lead changes its address: asked for on its page, confirmed by a fresh link at the new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from coldframe.domain.address_change import may_be_asked, still_offered, was_taken_back
from coldframe.domain.gate import DISOWNED_FOR, Gate, refused_request
from coldframe.domain.instants import milliseconds
from coldframe.domain.languages import spoken_with
from coldframe.domain.lead import normal_address
from coldframe.domain.merging import linked
from coldframe.domain.touchpoint import ADDRESS_OFFERED, record
from coldframe.services.preferring import PREFERENCES

if TYPE_CHECKING:
    from coldframe.domain.playbook import Client
    from coldframe.domain.profile import Profile
    from coldframe.services.ports import (
        Clock,
        Gates,
        LinkClaims,
        Links,
        Playbook,
        Profiles,
        Touchpoints,
    )

ADDRESS: Final = "address"
"""The link's purpose; its target is when it ends, what it was asked by, and where it was sent."""
SOURCE: Final = "preferences"


class Asked(StrEnum):
    """What became of naming another address."""

    SENT = "sent"
    SAME = "same"
    AGAIN = "again"
    """It was asked within this hour already."""
    TOO_MANY = "too_many"
    TAKEN_BACK = "taken_back"
    REFUSED = "refused"
    """Whoever reads the old address wants nothing of us."""


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
    gates: Gates
    touchpoints: Touchpoints
    links: Links
    playbook: Playbook
    lead_of: Callable[[str], str]
    clock: Clock

    def ask(self, token: str, text: str) -> Asked:
        """A mail to the new address asks back, if that address lets us.

        InvalidAddress tells what is wrong with it; InvalidToken, that the link isn't ours.
        """
        link = self.links.read(PREFERENCES, token)
        address, profile = normal_address(text), self.profiles.get(link.lead)
        if profile is None or profile.address == address:
            return Asked.SAME
        if objection := self._objection(profile, address):
            return objection
        return self._offer(link.lead, address) if self._is_open(link.lead, address) else Asked.SENT

    def _objection(self, profile: Profile, address: str) -> Asked | None:
        now, gate = self.clock.now(), self.gates.get(profile.lead)
        if gate.erased_at or gate.complained_at or refused_request(gate, now=now):
            return Asked.REFUSED
        if was_taken_back(profile, now):
            return Asked.TAKEN_BACK
        return None if may_be_asked(profile, address, now) else Asked.TOO_MANY

    def _is_open(self, lead: str, address: str) -> bool:
        """Whoever reads it may have had enough of us; who asks isn't told."""
        own, theirs = self.gates.get(lead), self.gates.get(self.lead_of(address))
        return own.lead == theirs.lead or not _wants_nothing(theirs, self.clock.now())

    def _offer(self, lead: str, address: str) -> Asked:
        """Once an hour: who finds no mail may ask again, and the mailbox has a limit of its own."""
        now = self.clock.now()
        offered = record(
            lead=lead,
            kind=ADDRESS_OFFERED,
            source=SOURCE,
            received_at=now,
            data={"address": address},
            own_id=f"{address} {now:%Y-%m-%dT%H}",
        )
        return Asked.SENT if self.touchpoints.append(offered) else Asked.AGAIN

    def look(self, token: str) -> NewAddress:
        """InvalidToken for a link that isn't ours, or has another purpose."""
        return self._asked(self.links.read(ADDRESS, token))

    def confirm(self, token: str) -> NewAddress:
        """Known under the new address from then on; a lead that had it already is merged in."""
        asked = self.look(token)
        if asked.fresh and asked.old != asked.address:
            unreachable = self.gates.get(asked.lead).bounced_at is not None
            self.touchpoints.append(
                linked(
                    asked.lead,
                    self.lead_of(asked.address),
                    why="changed its address",
                    by=SOURCE,
                    at=milliseconds(self.clock.now()),
                    address=asked.address,
                    was=asked.old,
                    unreachable=unreachable,
                    own_id=asked.asked_by,
                )
            )
        return asked

    def _asked(self, link: LinkClaims) -> NewAddress:
        ends, _, asked = link.target.partition(" ")
        asked_by, _, at = asked.partition(" ")
        profile, client = self.profiles.get(link.lead), self.playbook.client()
        offered = still_offered(profile) if profile else None
        is_it = offered is not None and at == self.lead_of(offered.value)
        return NewAddress(
            client=client,
            language=spoken_with(profile, client),
            lead=link.lead,
            address=offered.value if offered and is_it else "",
            old=profile.address if profile else "",
            asked_by=asked_by,
            fresh=is_it and self.clock.now() < datetime.fromisoformat(ends),
        )


def _wants_nothing(gate: Gate, now: datetime) -> bool:
    left = gate.unsubscribed_at
    lately = left is not None and now < left + DISOWNED_FOR
    return bool(gate.complained_at or gate.bounced_at or lately)
