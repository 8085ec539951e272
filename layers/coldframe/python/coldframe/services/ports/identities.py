"""Who is whom: identities that were moved to the person they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from coldframe.domain.decision import Decision
    from coldframe.domain.identity import Identity
    from coldframe.domain.profile import Profile
    from coldframe.domain.touchpoint import Touchpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """``loser`` None: nobody has heard of that identity yet."""

    survivor: Profile
    after: Profile
    identity: Identity
    loser: Profile | None
    mark: Profile
    decisions: tuple[Decision, ...] = ()
    derived: tuple[Touchpoint, ...] = ()


class Identities(Protocol):
    def of(self, person: str) -> Sequence[Identity]:
        """All that were moved to it, read consistently."""

    def get(self, person: str, identity: str) -> Identity | None: ...

    def merge(self, merge: Merge) -> None:
        """One transaction: the person's profile, the mark, both gates, and whatever was moved to
        the loser before follows to the survivor. StaleLead when any of them changed meanwhile."""

    def write_to(self, person: str, *, since: datetime) -> None:
        """Another of its own addresses from then on, which was just confirmed by a mail there:
        whatever bounced before was another's, or is over. Done again, or late, nothing changes."""

    def advance(self, identity: Identity) -> None:
        """Keep its place; nothing happens if it was moved on meanwhile."""

    def history(self, identity: Identity, *, at_most: int) -> Sequence[Touchpoint]:
        """What it did, behind its place, in the order of the ids; consistently."""

    def was_reacted_to(self, lead: str, touchpoint: str) -> bool:
        """Whether decisions were drawn from it under this very identity."""
