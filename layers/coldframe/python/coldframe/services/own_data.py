"""A lead's own data: everything as it is stored, or gone for good; by a fresh link alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from coldframe.domain.address_change import is_settling
from coldframe.domain.gate import Prohibition

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile
    from coldframe.services.ports import Clock, Gates, LinkClaims, Links, Playbook, Profiles


DATA = "data"
"""The link's purpose; its target is the instant at which it ends."""


class Everything(Protocol):
    """All that the table holds under a lead."""

    def of(self, lead: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """By kind, as plain values fit for JSON."""

    def erase(self, lead: str, at: datetime) -> None:
        """Nothing is left but that it was erased, then; done again, it is done once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """``fresh``: the link still opens anything."""

    lead: str
    fresh: bool
    client: str
    locale: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    everything: Everything
    gates: Gates
    profiles: Profiles
    links: Links
    playbook: Playbook
    clock: Clock

    def open(self, token: str) -> Opened:
        """InvalidToken for a link that isn't ours, or has another purpose."""
        link = self.links.read(DATA, token)
        profile, client = self.profiles.get(link.lead), self.playbook.client()
        return Opened(
            lead=link.lead,
            fresh=self._is_fresh(link, profile),
            client=client.name,
            locale=client.locale,
            address=profile.address if profile else "",
        )

    def download(self, opened: Opened) -> Mapping[str, Any]:
        return {"lead": opened.lead, **self.everything.of(opened.lead)}

    def erase(self, opened: Opened) -> None:
        """The gate first: no mail is claimed any more, whatever a run in flight is about to do."""
        now = self.clock.now()
        self.gates.forbid(opened.lead, Prohibition.ERASED, now)
        self.everything.erase(opened.lead, now)

    def _is_fresh(self, link: LinkClaims, profile: Profile | None) -> bool:
        """Nor of who came by another's data since, by being made one of its addresses."""
        now = self.clock.now()
        settling = profile is not None and is_settling(profile, now)
        return now < datetime.fromisoformat(link.target) and not settling
