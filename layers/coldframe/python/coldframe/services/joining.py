"""Anonymous visits join the lead when it says who it is, once, in whatever order we hear of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.visitor import MOST_JOINED, is_visitor, name_in

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile
    from coldframe.domain.touchpoint import Touchpoint
    from coldframe.services.ports.visits import Visitors


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """A visit that is put before its visitor is identified is found by who identifies it; one
    that is put later finds the mark. So none is missed, and none is told twice: its id stays."""

    visitors: Visitors

    def follow(self, visit: Touchpoint) -> None:
        """A visit whose visitor is known goes to the lead; another stays until it expires."""
        known = self.visitors.identified(visit.lead)
        if known and known.owns(visit.occurred_at):
            self.visitors.move(visit, known.lead)

    def named(self, touchpoint: Touchpoint, profile: Profile) -> None:
        """The lead says whose browser that was; ``profile``: what is known of it by now."""
        visitor = touchpoint.data.get("visitor")
        name = name_in(touchpoint, new=profile.created_at >= touchpoint.occurred_at)
        if name is None or not isinstance(visitor, str) or not is_visitor(visitor):
            return
        person = (touchpoint.lead, *profile.aliases)
        known = self.visitors.identify(visitor, person, name)
        if known.lead not in person:
            return
        for visit in self.visitors.visits(visitor, most=MOST_JOINED):
            if known.owns(visit.occurred_at):
                self.visitors.move(visit, known.lead)
