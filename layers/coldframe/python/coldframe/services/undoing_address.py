"""Whoever reads a lead's old address takes a change back that it didn't ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from coldframe.domain.address_change import is_void
from coldframe.domain.erasure import is_dropped, is_gone
from coldframe.domain.instants import milliseconds
from coldframe.domain.languages import spoken_with
from coldframe.domain.merging import linked
from coldframe.services.changing_address import SOURCE

if TYPE_CHECKING:
    from coldframe.domain.playbook import Client
    from coldframe.domain.profile import Profile
    from coldframe.domain.touchpoint import Touchpoint
    from coldframe.services.ports import (
        Clock,
        LinkClaims,
        Links,
        Playbook,
        Profiles,
        Touchpoints,
    )

UNDO: Final = "undo"
"""The link's purpose; its target is when it ends, and the change."""


class Undoing(StrEnum):
    OPEN = "open"
    DONE = "done"
    STALE = "stale"
    """Its week is over, or an earlier address has come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    client: Client
    language: str
    state: Undoing
    change: Touchpoint | None = None

    @property
    def back(self) -> str:
        return str(self.change.data["was"]) if self.change else ""

    @property
    def to(self) -> str:
        return str(self.change.data["address"]) if self.change else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoingAddress:
    profiles: Profiles
    touchpoints: Touchpoints
    links: Links
    playbook: Playbook
    lead_of: Callable[[str], str]
    clock: Clock

    def look(self, token: str) -> Undo:
        """InvalidToken for a link that isn't ours, or has another purpose."""
        return self._asked(self.links.read(UNDO, token))

    def undo(self, token: str) -> Undo:
        """The old address is written to again, and whatever was confirmed or offered since is
        void. Done again, nothing changes."""
        link = self.links.read(UNDO, token)
        asked = self._asked(link)
        if asked.state is Undoing.OPEN:
            self._take_back(link.lead, asked)
        return asked

    def _take_back(self, lead: str, asked: Undo) -> None:
        if (change := asked.change) is None:
            return
        self.touchpoints.append(
            linked(
                lead,
                self.lead_of(asked.back),
                why="took the change of its address back",
                by=SOURCE,
                at=milliseconds(self.clock.now()),
                address=asked.back,
                was=asked.to,
                undoes=change.occurred_at,
                own_id=f"undo {change.id}",
            )
        )

    def _asked(self, link: LinkClaims) -> Undo:
        ends, _, by = link.target.partition(" ")
        profile, client = self.profiles.get(link.lead), self.playbook.client()
        change = self.touchpoints.get(link.lead, by)
        language = spoken_with(profile, client)
        if change is None or profile is None or is_gone(profile) or is_dropped(profile, change):
            return Undo(client=client, language=language, state=Undoing.STALE)
        over = self.clock.now() >= datetime.fromisoformat(ends)
        state = _state(profile, change.occurred_at, over=over)
        return Undo(client=client, language=language, state=state, change=change)


def _state(profile: Profile, changed_at: datetime, *, over: bool) -> Undoing:
    undone = [each for each in profile.changes if each.undoes]
    if any(each.undoes == changed_at for each in undone):
        return Undoing.DONE
    return Undoing.STALE if over or is_void(undone, changed_at) else Undoing.OPEN
