"""What the use cases need of the outside for things that happen at their time."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol

Instant = tuple[str, str, datetime]
"""A due item's lead and key, and when it is due."""


class Alarm(Protocol):
    def arm(self, at: datetime) -> None:
        """Make sure the sweep runs at ``at`` or earlier. Idempotent; only ever moves it forward."""

    def rearm(self, earliest: datetime | None) -> None:
        """After a sweep: stand at what is due next, or nowhere; in a minute, if that has passed.

        An instant that was asked for meanwhile, and still lies ahead, is kept if it is earlier.
        """


class DueItem(Protocol):
    @property
    def lead(self) -> str:
        """The item's pk without its prefix."""

    @property
    def key(self) -> str:
        """The item's sk: its prefix says what is due."""

    @property
    def due_at(self) -> datetime: ...


class DueIndex(Protocol):
    def coming(self, now: datetime) -> Iterable[DueItem]:
        """What is due at ``now`` or earlier, earliest first within a shard; of each shard also
        the first thing that comes after."""

    def earliest(self, *, but: Collection[Instant]) -> datetime | None:
        """Of what is due some time, overdue things included."""


class Members(Protocol):
    def of(self, topic: str, *, after: str | None) -> Iterable[tuple[str, str]]:
        """(lead, cursor) of all who consent to ``topic``, in a stable order, from a cursor on."""


class Progress(Protocol):
    """The walk over all leads after a change of definitions, one version of them at a time."""

    def begin(self, version: str) -> str | None:
        """The cursor to go on from ("" at the start); None when everybody was walked by."""

    def advance(self, version: str, cursor: str, more: int) -> None:
        """Keep the place, ``more`` leads further; nothing if another version's walk began."""

    def finish(self, version: str, more: int) -> None: ...


class Occurrences(Protocol):
    """One broadcast at one scheduled instant."""

    def open(self, broadcast: str, scheduled_at: datetime, now: datetime) -> str | None:
        """Begin or continue: the cursor to go on from ("" at the start); None when done already."""

    def advance(
        self, broadcast: str, scheduled_at: datetime, *, cursor: str, due_at: datetime
    ) -> None:
        """Keep the place; the sweep continues at ``due_at`` if nobody else does."""

    def finish(self, broadcast: str, scheduled_at: datetime) -> None: ...

    def defer(self, broadcast: str, scheduled_at: datetime, lead: str, until: datetime) -> None:
        """One recipient for whom it is not yet time: the sweep sends it then."""

    def settle(self, broadcast: str, scheduled_at: datetime, lead: str) -> None:
        """The deferred recipient is done with (sent or refused)."""


class Broadcasts(Protocol):
    """The function that sends broadcasts, called from elsewhere and not waited for."""

    def go_on(self, broadcast: str, scheduled_at: datetime, lead: str | None = None) -> None:
        """Ask that a broadcast, or one deferred recipient of it, goes on: twice is harmless."""
