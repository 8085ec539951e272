"""Where one lead's replayed facts stand: what the reacting use case needs, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import cast

from coldframe.domain.counting import NOTHING, Counting
from coldframe.domain.decision import Decision
from coldframe.domain.erasure import tombstone
from coldframe.domain.message import Message
from coldframe.domain.observation import Observation
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.ports import Ledger, Observations, Profiles, Touchpoints
from coldframe.services.ports.due import Alarm
from coldframe.services.reacting import Reacting
from workbench.replay.book import Book
from workbench.replay.past import Past


@dataclass(slots=True)
class Seen:
    """`Touchpoints` that were received so far, in that order."""

    rows: dict[str, Touchpoint] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    """Touchpoint → why it can't be reacted to."""

    def append(self, touchpoint: Touchpoint) -> bool:
        return self.rows.setdefault(touchpoint.id, touchpoint) is touchpoint

    def since(self, _lead: str, at: datetime) -> Sequence[Touchpoint]:
        day = at.astimezone(UTC).strftime("%Y-%m-%d")
        return [each for each in self.rows.values() if each.id[:10] >= day]

    def park(self, touchpoint: Touchpoint, error: str) -> None:
        self.unreadable[touchpoint.id] = error


@dataclass(slots=True)
class Drawn:
    """`Profiles` of one lead, and what was drawn since somebody looked."""

    profile: Profile | None
    decisions: list[Decision] = field(default_factory=list)
    derived: list[Touchpoint] = field(default_factory=list)

    def own(self, _lead: str) -> Profile | None:
        return self.profile

    def save(
        self,
        _before: Profile | None,
        after: Profile,
        decisions: Sequence[Decision],
        derived: Sequence[Touchpoint] = (),
        *,
        counting: Counting = NOTHING,  # noqa: ARG002 - what was counted then is past
    ) -> None:
        self.profile = after
        self.decisions += decisions
        self.derived += derived


@dataclass(slots=True)
class Watched:
    """`Observations`; the clicks that follow are derived touchpoints like others."""

    drawn: Drawn
    rows: dict[str, Observation] = field(default_factory=dict)

    def get(self, lead: str, message: str) -> Observation:
        return self.rows.get(message) or Observation(lead=lead, message=message)

    def save(self, _before: Observation, after: Observation, derived: Sequence[Touchpoint]) -> None:
        self.rows[after.message] = after
        self.drawn.derived += derived


@dataclass(slots=True)
class Posted:
    """The messages that were sent, as a `Ledger` tells of them."""

    rows: Mapping[str, Message]
    later: dict[str, timedelta] = field(default_factory=dict)
    """Message → by how much it goes later now."""

    def message(self, _lead: str, message: str) -> Message | None:
        found, later = self.rows.get(message), self.later.get(message)
        if found is None or not later:
            return found
        return replace(
            found,
            sent_at=found.sent_at and found.sent_at + later,
            delivered_at=found.delivered_at and found.delivered_at + later,
        )


@dataclass(slots=True)
class Time:
    """The virtual clock, and an alarm that nobody needs: the replay looks for itself."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def arm(self, at: datetime) -> None: ...


@dataclass(slots=True, init=False)
class Shelf:
    time: Time
    seen: Seen
    drawn: Drawn
    watched: Watched
    posted: Posted
    react: Reacting

    def __init__(self, past: Past, book: Book) -> None:
        gone = past.erased_at and tombstone(past.lead, past.erased_at, revision=0)
        self.time = Time(datetime.min.replace(tzinfo=UTC))
        self.seen, self.drawn = Seen(), Drawn(gone or None)
        self.watched = Watched(self.drawn)
        self.posted = Posted({each.id: each for each in past.messages})
        self.react = Reacting(  # each port's part that reactions use
            touchpoints=cast("Touchpoints", self.seen),
            profiles=cast("Profiles", self.drawn),
            observations=cast("Observations", self.watched),
            ledger=cast("Ledger", self.posted),
            playbook=book,
            alarm=cast("Alarm", self.time),
            clock=self.time,
        )

    def take(self) -> tuple[list[Decision], list[Touchpoint]]:
        """What was drawn since it was taken last."""
        taken = self.drawn.decisions, self.drawn.derived
        self.drawn.decisions, self.drawn.derived = [], []
        return taken
