"""What leads did, and what is known of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from coldframe.domain.counting import NOTHING, Counting

if TYPE_CHECKING:
    from coldframe.domain.decision import Decision
    from coldframe.domain.observation import Observation
    from coldframe.domain.profile import Profile
    from coldframe.domain.touchpoint import Touchpoint


class Touchpoints(Protocol):
    def append(self, touchpoint: Touchpoint) -> bool:
        """One conditional put. False: it stood there already, and nothing changed."""

    def quarantine(self, touchpoint: Touchpoint, *, until: datetime) -> bool:
        """Like `append`, but out of the stream's sight and gone at ``until``: nobody is nurtured
        by it unless a person releases it."""

    def get(self, lead: str, touchpoint: str) -> Touchpoint | None: ...

    def since(self, lead: str, at: datetime) -> Sequence[Touchpoint]:
        """Read consistently: everything received on or after ``at``'s UTC day."""

    def scrub(self, touchpoint: Touchpoint, fields: Sequence[str]) -> None:
        """What it told of these fields is deleted; done again, it is done once."""

    def forget(self, touchpoint: Touchpoint) -> None:
        """Delete it, but none that was received at another instant under the same id."""

    def put_aside(self, touchpoint: Touchpoint, suspect: Touchpoint, *, until: datetime) -> None:
        """Quarantined after all, in one transaction; nothing if it isn't there any more as it was
        received: somebody has released or dropped it."""

    def park(self, touchpoint: Touchpoint, error: str) -> None:
        """Keep a touchpoint that can't be reacted to, with its error's class name; idempotent."""


class ReferralTouchpoints(Touchpoints, Protocol):
    def forget_referrer(self, lead: str, touchpoint: str) -> None:
        """The post no longer says whose link it came by."""


class Profiles(Protocol):
    def get(self, lead: str) -> Profile | None:
        """Read consistently. Of an identity that was moved, the person's, under the id asked for:
        to be read, never to be saved.
        """

    def own(self, lead: str) -> Profile | None:
        """What is stored of this very identity; perhaps the mark that it was moved."""

    def of(self, leads: Collection[str]) -> Mapping[str, Profile]:
        """Those that there are, of at most 100 leads: one consistent read."""

    def save(
        self,
        before: Profile | None,
        after: Profile,
        decisions: Sequence[Decision],
        derived: Sequence[Touchpoint] = (),
        *,
        counting: Counting = NOTHING,
    ) -> None:
        """One transaction; StaleLead when ``before`` is no longer what is stored.

        ``before is after``: only the decisions are stored. ``derived`` are put with them. Also
        keeps the profile in the due index by its standing, and the membership items of the lead's
        consented topics (what broadcasts walk).
        ``counting``: in the same transaction; TooManyPosts, and nothing is saved, when a window
        has no room for a post that has no place in it yet.
        """


class Observations(Protocol):
    def get(self, lead: str, message: str) -> Observation: ...

    def save(self, before: Observation, after: Observation, derived: Sequence[Touchpoint]) -> None:
        """One transaction, indexed by ``decide_at``; StaleLead when stale. ``derived`` are put."""
