"""What is known of leads, in memory: touchpoints, profiles, observations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from coldframe.domain.counting import NOTHING, Counting
from coldframe.domain.decision import Decision
from coldframe.domain.errors import StaleLead
from coldframe.domain.observation import Observation
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import Touchpoint
from tests.fakes.companies import InMemoryCompanies
from tests.fakes.tallies import Tallies
from tests.fakes.writes import Writes

Key = tuple[str, str]


@dataclass(slots=True)
class Stream:
    """What the table tells of its inserts, in order."""

    records: list[Touchpoint | Decision] = field(default_factory=list)


@dataclass(slots=True)
class InMemoryTouchpoints:
    writes: Writes
    stream: Stream
    rows: dict[Key, Touchpoint] = field(default_factory=dict)
    parked: dict[Key, str] = field(default_factory=dict)
    quarantined: dict[Key, tuple[Touchpoint, datetime]] = field(default_factory=dict)

    def append(self, touchpoint: Touchpoint) -> bool:
        with self.writes("touchpoints.append"):
            return self.put(touchpoint)

    def quarantine(self, touchpoint: Touchpoint, *, until: datetime) -> bool:
        with self.writes("touchpoints.quarantine"):
            key = touchpoint.lead, touchpoint.id
            return self.quarantined.setdefault(key, (touchpoint, until))[0] is touchpoint

    def put(self, touchpoint: Touchpoint) -> bool:
        key = touchpoint.lead, touchpoint.id
        if key in self.rows:
            return False
        self.rows[key] = touchpoint
        self.stream.records.append(touchpoint)
        return True

    def get(self, lead: str, touchpoint: str) -> Touchpoint | None:
        self.writes.reading()
        return self.rows.get((lead, touchpoint))

    def since(self, lead: str, at: datetime) -> Sequence[Touchpoint]:
        self.writes.reading()
        day = at.astimezone(UTC).strftime("%Y-%m-%d")
        return [
            row for (of, name), row in sorted(self.rows.items()) if of == lead and name[:10] >= day
        ]

    def scrub(self, touchpoint: Touchpoint, fields: Sequence[str]) -> None:
        with self.writes("touchpoints.scrub"):
            key = touchpoint.lead, touchpoint.id
            if row := self.rows.get(key):
                told = {
                    name: value for name, value in row.data["fields"].items() if name not in fields
                }
                self.rows[key] = replace(row, data={**row.data, "fields": told})

    def forget_referrer(self, lead: str, touchpoint: str) -> None:
        with self.writes("touchpoints.forget_referrer"):
            if row := self.rows.get((lead, touchpoint)):
                told = {name: value for name, value in row.data.items() if name != "referrer"}
                self.rows[lead, touchpoint] = replace(row, data=told)

    def forget(self, touchpoint: Touchpoint) -> None:
        with self.writes("touchpoints.forget"):
            key = touchpoint.lead, touchpoint.id
            if key in self.rows and self.rows[key].received_at == touchpoint.received_at:
                del self.rows[key]

    def put_aside(self, touchpoint: Touchpoint, suspect: Touchpoint, *, until: datetime) -> None:
        with self.writes("touchpoints.put_aside"):
            key = touchpoint.lead, touchpoint.id
            stored = self.rows.get(key)
            same = stored and stored.received_at == touchpoint.received_at
            if same and key not in self.quarantined:
                self.quarantined[key] = suspect, until
                del self.rows[key]

    def park(self, touchpoint: Touchpoint, error: str) -> None:
        with self.writes("touchpoints.park"):
            self.parked[touchpoint.lead, touchpoint.id] = error


@dataclass(slots=True)
class InMemoryProfiles:
    writes: Writes
    stream: Stream
    touchpoints: InMemoryTouchpoints
    companies: InMemoryCompanies
    rows: dict[str, Profile] = field(default_factory=dict)
    decisions: dict[Key, Decision] = field(default_factory=dict)
    tallies: Tallies = field(default_factory=Tallies)

    def get(self, lead: str) -> Profile | None:
        found = self.own(lead)
        while found is not None and found.moved_to:
            found = self.own(found.moved_to)
        if found is None or found.lead == lead:
            return found
        return replace(found, lead=lead, person=found.lead)

    def own(self, lead: str) -> Profile | None:
        self.writes.reading()
        return self.rows.get(lead)

    def of(self, leads: Collection[str]) -> Mapping[str, Profile]:
        self.writes.reading()
        return {lead: self.rows[lead] for lead in leads if lead in self.rows}

    def save(
        self,
        before: Profile | None,
        after: Profile,
        decisions: Sequence[Decision],
        derived: Sequence[Touchpoint] = (),
        *,
        counting: Counting = NOTHING,
    ) -> None:
        with self.writes("profiles.save"):
            if before is not after:
                self.check(before, after)
            self.tallies.count(counting)
            self.put(before, after, decisions, derived)

    def put(
        self,
        before: Profile | None,
        after: Profile,
        decisions: Sequence[Decision],
        derived: Sequence[Touchpoint],
    ) -> None:
        if before is not after:
            self.check(before, after)
            revision = max(after.revision, before.revision + 1) if before else after.revision
            self.rows[after.lead] = replace(after, revision=revision)
            self.companies.put(before, after)
        for decision in decisions:
            key = decision.lead, decision.id
            if key not in self.decisions:
                self.stream.records.append(decision)
            self.decisions[key] = decision
        for each in derived:
            self.touchpoints.put(each)

    def check(self, before: Profile | None, after: Profile) -> None:
        stored = self.rows.get(after.lead)
        if (stored is None) != (before is None):
            raise StaleLead(after.lead)
        if stored is not None and before is not None and stored.revision != before.revision:
            raise StaleLead(after.lead)


@dataclass(slots=True)
class InMemoryObservations:
    writes: Writes
    touchpoints: InMemoryTouchpoints
    rows: dict[Key, Observation] = field(default_factory=dict)

    def get(self, lead: str, message: str) -> Observation:
        self.writes.reading()
        return self.rows.get((lead, message), Observation(lead=lead, message=message))

    def save(self, before: Observation, after: Observation, derived: Sequence[Touchpoint]) -> None:
        with self.writes("observations.save"):
            key = after.lead, after.message
            stored = self.rows.get(key)
            if (stored.revision if stored else 0) != before.revision:
                raise StaleLead(after.lead)
            revision = max(after.revision, before.revision + 1)
            self.rows[key] = replace(after, revision=revision)
            for each in derived:
                self.touchpoints.put(each)
