"""Which hour a surge begins with, whom it is told to and for how long, and what was looked at."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coldframe.domain.surge import FACTOR, USUAL_AT_LEAST, hour_of
from coldframe.domain.touchpoint import FORM_SUBMITTED, record
from coldframe.services.surging import SurgeWatching, looked_at
from tests.fakes.clock import MONDAY, FrozenClock
from tests.fakes.tallies import InMemorySurges, Tallies
from tests.fakes.writes import Writes

TEN, ELEVEN = hour_of(MONDAY), hour_of(MONDAY) + timedelta(hours=1)
MOST = FACTOR * USUAL_AT_LEAST
MINUTE = timedelta(minutes=1)


@dataclass
class Watch:
    clock: FrozenClock = field(default_factory=FrozenClock)
    newcomers: Tallies = field(default_factory=Tallies)
    surges: InMemorySurges = field(default_factory=lambda: InMemorySurges(Writes()))
    told: list[datetime] = field(default_factory=list)

    def sees(self, at: datetime) -> None:
        """A new lead's post, that came in then, and was counted."""
        post = record(
            lead="ada", kind=FORM_SUBMITTED, source="form", received_at=at, data={}, own_id="1"
        )
        SurgeWatching(
            newcomers=self.newcomers,
            surges=self.surges,
            tell=lambda: self.told.append(self.clock.now()),
            clock=self.clock,
        )(post)

    def look(self, *, dropped: bool) -> None:
        now = self.clock.now()
        assert looked_at(self.surges, self.newcomers, now=now, dropped=dropped)


def test_the_earliest_hour_counts_though_it_is_heard_of_last() -> None:
    watch = Watch()
    watch.newcomers.newcomers.update({TEN: MOST + 1, ELEVEN: MOST + 2})
    watch.clock.at = found_at = ELEVEN + MINUTE
    watch.sees(ELEVEN + MINUTE)
    watch.clock.advance(minutes=1)

    watch.sees(TEN + MINUTE)
    watch.sees(ELEVEN + MINUTE)

    stored = watch.surges.stored
    assert (stored.since, stored.leads, stored.found_at) == (TEN, MOST + 1, found_at)


def test_who_came_before_a_person_looked_begins_no_other_surge() -> None:
    watch = Watch()
    watch.newcomers.newcomers[TEN] = MOST + 1
    watch.sees(TEN + MINUTE)
    watch.clock.at = TEN + 20 * MINUTE
    watch.look(dropped=True)

    watch.sees(TEN + 19 * MINUTE)
    assert watch.surges.stored.since is None

    watch.sees(TEN + 20 * MINUTE)
    assert watch.surges.stored.since == TEN + 20 * MINUTE


def test_a_surge_is_told_of_for_ten_minutes() -> None:
    watch = Watch()
    watch.newcomers.newcomers[TEN] = MOST + 1

    for minutes in (0, 9, 10, 30):
        watch.clock.at = TEN + minutes * MINUTE
        watch.sees(TEN)

    assert watch.told == [TEN, TEN + 9 * MINUTE]


def test_what_was_looked_at_are_all_leads_since_it_began_and_the_busiest_hour() -> None:
    watch = Watch()
    watch.newcomers.newcomers.update({TEN - timedelta(hours=1): 7, TEN: MOST + 1, ELEVEN: 30})
    watch.sees(TEN)
    watch.clock.at = ELEVEN + MINUTE

    watch.look(dropped=False)

    (looked,) = watch.surges.stored.looked
    assert (looked.leads, looked.busiest) == (MOST + 1 + 30, MOST + 1)
