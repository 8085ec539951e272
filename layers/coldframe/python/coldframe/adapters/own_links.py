"""The one link that a mail of ours is for: a confirmation, the way to a lead's data, an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.address_change import SETTLING
from coldframe.domain.asked_for import (
    CONFIRM_MAIL,
    DATA_MAIL,
    FRESH,
    NEW_ADDRESS_MAIL,
    OLD_ADDRESS_MAIL,
)
from coldframe.domain.instants import text_of
from coldframe.domain.lead import lead_id

if TYPE_CHECKING:
    from coldframe.adapters.links import SignedLinks
    from coldframe.domain.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLinks:
    links: "SignedLinks"
    base_url: str

    def of(self, mail: str, profile: "Profile", message: str, now: datetime) -> Mapping[str, str]:
        """Its name in the template and where it leads; nothing for mails that clients write."""
        if mail == CONFIRM_MAIL:
            return {"confirm_url": self._page("confirm", "confirm", profile, message)}
        if mail == DATA_MAIL:
            ends = text_of(now + FRESH)
            return {"data_url": self._page("preferences", "data", profile, message, ends)}
        if mail == NEW_ADDRESS_MAIL:
            return self._new_address(profile, message, now)
        return self._undoing(profile, message) if mail == OLD_ADDRESS_MAIL else {}

    def reader(self, mail: str, profile: "Profile") -> str:
        """Whose mails its other links are about: who is only asked for a new address is nobody
        else than that address."""
        if mail != NEW_ADDRESS_MAIL:
            return profile.lead
        return lead_id(self.links.keys().id, profile.address)

    def _new_address(self, profile: "Profile", message: str, now: datetime) -> Mapping[str, str]:
        if profile.offered is None:
            return {}
        asked = self.reader(NEW_ADDRESS_MAIL, profile)
        ends = f"{text_of(now + FRESH)} {profile.offered.by} {asked}"
        return {"address_url": self._page("confirm", "address", profile, message, ends)}

    def _undoing(self, profile: "Profile", message: str) -> Mapping[str, str]:
        """``profile``: as the notice is addressed, to where the lead was."""
        left = (each for each in profile.changes if each.was == profile.address)
        if (change := next(left, None)) is None:
            return {}
        ends = f"{text_of(change.at + SETTLING)} {change.by}"
        return {"undo_url": self._page("confirm", "undo", profile, message, ends)}

    def _page(
        self, route: str, purpose: str, profile: "Profile", message: str, target: str = ""
    ) -> str:
        token = self.links.sign(purpose, lead=profile.lead, message=message, target=target)
        return f"{self.base_url}/{route}/{token}"
