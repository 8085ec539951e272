"""What happens at its time, in memory: the alarm, the due index, broadcasts and their members."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coldframe.domain.instants import text_of
from coldframe.services.ports.due import DueIndex, DueItem
from tests.fakes.clock import FrozenClock
from tests.fakes.enrolments import InMemoryEnrolments
from tests.fakes.identities import InMemoryIdentities
from tests.fakes.leads import InMemoryObservations, InMemoryProfiles
from tests.fakes.writes import Writes

Instant = tuple[str, datetime]


@dataclass(frozen=True, slots=True)
class Due:
    lead: str
    key: str
    due_at: datetime


@dataclass(slots=True)
class InMemoryOccurrences:
    writes: Writes
    open_at: dict[Instant, tuple[str, datetime]] = field(default_factory=dict)
    done: set[Instant] = field(default_factory=set)
    deferred: dict[tuple[str, datetime, str], datetime] = field(default_factory=dict)

    def open(self, broadcast: str, scheduled_at: datetime, now: datetime) -> str | None:
        with self.writes("occurrences.open"):
            key = broadcast, scheduled_at
            if key in self.done:
                return None
            return self.open_at.setdefault(key, ("", now + timedelta(minutes=16)))[0]

    def advance(
        self, broadcast: str, scheduled_at: datetime, *, cursor: str, due_at: datetime
    ) -> None:
        with self.writes("occurrences.advance"):
            if (broadcast, scheduled_at) in self.open_at:
                self.open_at[broadcast, scheduled_at] = cursor, due_at

    def finish(self, broadcast: str, scheduled_at: datetime) -> None:
        with self.writes("occurrences.finish"):
            self.open_at.pop((broadcast, scheduled_at), None)
            self.done.add((broadcast, scheduled_at))

    def defer(self, broadcast: str, scheduled_at: datetime, lead: str, until: datetime) -> None:
        with self.writes("occurrences.defer"):
            self.deferred[broadcast, scheduled_at, lead] = until

    def settle(self, broadcast: str, scheduled_at: datetime, lead: str) -> None:
        with self.writes("occurrences.settle"):
            self.deferred.pop((broadcast, scheduled_at, lead), None)


@dataclass(slots=True)
class InMemoryDueIndex:
    profiles: InMemoryProfiles
    observations: InMemoryObservations
    enrolments: InMemoryEnrolments
    occurrences: InMemoryOccurrences
    identities: InMemoryIdentities
    reads: int = 0
    """How often it was gone through."""

    def coming(self, now: datetime) -> Iterable[Due]:
        self.reads += 1
        for each in self.all():
            yield each
            if each.due_at > now:
                return

    def earliest(self, *, but: Collection[tuple[str, str, datetime]]) -> datetime | None:
        due = (each.due_at for each in self.all() if (each.lead, each.key, each.due_at) not in but)
        return min(due, default=None)

    def all(self) -> list[Due]:
        held = self.occurrences
        found = [
            *(
                Due(lead, "P", profile.standing.due_at)
                for lead, profile in self.profiles.rows.items()
                if profile.standing.due_at
            ),
            *(
                Due(lead, f"O#{message}", row.decide_at)
                for (lead, message), row in self.observations.rows.items()
                if row.decide_at
            ),
            *(
                Due(lead, f"E#{name}", row.due_at)
                for (lead, name), row in self.enrolments.rows.items()
                if row.due_at
            ),
            *(
                Due(person, f"I#{name}", row.due_at)
                for (person, name), row in self.identities.rows.items()
                if row.due_at
            ),
            *(
                Due(name, "C", at)
                for name, (_, _, at) in self.profiles.companies.heads.items()
                if at
            ),
            *(Due(name, text_of(at), due) for (name, at), (_, due) in held.open_at.items()),
            *(
                Due(lead, f"W#{name}#{text_of(at)}", until)
                for (name, at, lead), until in held.deferred.items()
            ),
        ]
        return sorted(found, key=lambda each: each.due_at)


@dataclass(slots=True)
class InMemoryMembers:
    """Cursors are leads, as the walk is in their order."""

    profiles: InMemoryProfiles

    def of(self, topic: str, *, after: str | None) -> Iterable[tuple[str, str]]:
        for lead, profile in sorted(self.profiles.rows.items()):
            there = not profile.moved_to
            if there and topic in (*profile.consents, "leads") and lead > (after or ""):
                yield lead, lead


@dataclass(slots=True)
class InMemoryProgress:
    writes: Writes
    walks: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The one version's cursor, and how many were walked by."""
    done: set[str] = field(default_factory=set)

    def begin(self, version: str) -> str | None:
        self.writes.reading()
        if version in self.walks:
            return None if version in self.done else self.walks[version][0]
        with self.writes("progress.begin"):
            self.walks, self.done = {version: ("", 0)}, set()
        return ""

    def advance(self, version: str, cursor: str, more: int) -> None:
        with self.writes("progress.advance"):
            if version in self.walks:
                self.walks[version] = cursor, self.walks[version][1] + more

    def finish(self, version: str, more: int) -> None:
        self.advance(version, "", more)
        with self.writes("progress.finish"):
            if version in self.walks:
                self.done.add(version)


@dataclass(slots=True)
class InMemoryAlarm:
    """Where the sweep's one schedule stands; what is overdue is swept again in a minute."""

    writes: Writes
    due: InMemoryDueIndex
    clock: FrozenClock
    at: datetime | None = None

    def arm(self, at: datetime) -> None:
        with self.writes("alarm.arm"):
            at = max(at, self.clock.now())
            self.at = at if self.at is None else min(self.at, at)

    def rearm(self, earliest: datetime | None) -> None:
        with self.writes("alarm.rearm"):
            soon = max(earliest, self.clock.now() + timedelta(minutes=1)) if earliest else None
            ahead = self.at if self.at and self.at > self.clock.now() else None
            self.at = min(filter(None, [ahead, soon]), default=None)


@dataclass(slots=True)
class Calls:
    """Broadcasts that were asked to go on."""

    writes: Writes
    asked: list[tuple[str, datetime, str | None]] = field(default_factory=list)

    def go_on(self, broadcast: str, scheduled_at: datetime, lead: str | None = None) -> None:
        with self.writes("broadcasts.go_on"):
            self.asked.append((broadcast, scheduled_at, lead))


def due_by(index: DueIndex, now: datetime) -> list[DueItem]:
    """Without what comes later."""
    return [each for each in index.coming(now) if each.due_at <= now]
