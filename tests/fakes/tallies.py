"""What is counted with profiles, in memory; and the surges that are found by it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from coldframe.domain.counting import Counting
from coldframe.domain.errors import StaleLead, TooManyPosts
from coldframe.domain.surge import Surges, hour_of
from coldframe.domain.velocity import Pace
from tests.fakes.writes import Writes


@dataclass(slots=True)
class Tallies:
    places: dict[tuple[str, datetime], set[str]] = field(default_factory=dict)
    newcomers: Counter[datetime] = field(default_factory=Counter)

    def count(self, counting: Counting) -> None:
        """All of it or none."""
        full = [pace for pace in counting.paces if not self._room(pace)]
        if full:
            raise TooManyPosts(tuple(pace.sign.value for pace in full))
        for pace in counting.paces:
            self.places.setdefault((pace.of, pace.window), set()).add(pace.post)
        if counting.newcomer_at is not None:
            self.newcomers[hour_of(counting.newcomer_at)] += 1

    def _room(self, pace: Pace) -> bool:
        taken = self.places.get((pace.of, pace.window), set())
        return pace.post in taken or len(taken) < pace.most

    def in_hour(self, hour: datetime) -> int:
        return self.newcomers[hour]

    def by_hour(self, since: datetime) -> Mapping[datetime, int]:
        return {at: leads for at, leads in sorted(self.newcomers.items()) if at >= since}


@dataclass(slots=True)
class InMemorySurges:
    writes: Writes
    stored: Surges = field(default_factory=Surges)

    def read(self, *, fresh: bool = True) -> Surges:  # noqa: ARG002 - always fresh
        self.writes.reading()
        return self.stored

    def save(self, surges: Surges) -> None:
        with self.writes("surges.save"):
            if self.stored.revision != surges.revision:
                raise StaleLead("surge")
            self.stored = replace(surges, revision=surges.revision + 1)
