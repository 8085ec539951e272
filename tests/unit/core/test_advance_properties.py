"""What holds of every journey, lead, order of events and clock."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.position import Deed
from coldframe.domain.touchpoint import UNSUBSCRIBED
from tests.unit.core.asked import DATE_FIELD, EVENTS, HOUR
from tests.unit.core.drive import SENT, START, Drive, told, touchpoint
from tests.unit.core.journeys import Drawn, journeys

MOST = settings(max_examples=50, deadline=None)
ONCE = {*SENT, Deed.FIELDS_SET, Deed.SCORED, Deed.NOTIFIED, Deed.HANDED_OFF, Deed.CALLED}
ONCE |= {Deed.ENROLLED, Deed.DECIDED, Deed.DREW, Deed.CLOSED, Deed.WITHHELD}
pauses = st.integers(0, 2 * 24 * HOUR) | st.integers(0, 20 * 24 * HOUR)
happenings = st.lists(
    st.tuples(pauses, st.sampled_from((*EVENTS, *EVENTS, UNSUBSCRIBED, "told", "nothing"))),
    min_size=2,
    max_size=14,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A lead, its journey, and what happens to it meanwhile."""

    drawn: Drawn
    lead: str
    date: str
    happenings: list[tuple[int, str]]

    def rides(self, **more: Any) -> Drive:
        drawn = self.drawn
        return Drive(drawn.journey, drawn.mails, drawn.exits, lead=self.lead, **more)

    def begins(self, **more: Any) -> Drive:
        drive = self.rides(**more)
        drive.move()
        return drive

    def happens(self, drive: Drive) -> Iterator[None]:
        """One thing after the other."""
        for seconds, what in self.happenings:
            self.happen(drive, seconds, what)
            yield

    def happen(self, drive: Drive, seconds: int, what: str) -> None:
        """The clock may be late: what was due meanwhile is done only now."""
        drive.now += timedelta(seconds=seconds)
        if what == "nothing":
            drive.move()
        elif what == "told":
            fields = {"trade": "food", "zone": "America/New_York", DATE_FIELD: self.date}
            drive.move(told(drive.now, **fields))
        else:
            drive.move(touchpoint(what, drive.now))


lives = st.builds(
    Life,
    drawn=journeys(),
    lead=st.sampled_from(("ada", "bob", "cyd", "dan")),
    date=st.sampled_from(("2026-04-10", "2026-02-01", "2026-05-20", "")),
    happenings=happenings,
)


@MOST
@given(life=lives)
def test_every_run_ends_or_waits_for_something(life: Life) -> None:
    drive = life.begins()

    for _ in life.happens(drive):
        assert not drive.open or (drive.position.due and drive.position.due > drive.now)
    drive.to_the_end()

    assert drive.position.enrolment.status is EnrolmentStatus.CLOSED
    assert drive.position.enrolment.reason
    assert drive.actions[-1].deed is Deed.CLOSED


@MOST
@given(life=lives)
def test_no_steps_effect_happens_twice_and_nothing_after_the_end(life: Life) -> None:
    drive = life.begins()

    for _ in life.happens(drive):
        assert drive.move() == []  # asked again, with nothing new
    drive.to_the_end()
    life.happen(drive, 5, EVENTS[0])

    done = Counter((each.deed, each.step) for each in drive.actions if each.deed in ONCE)
    assert not [each for each, times in done.items() if times > 1]
    closed = [each.deed for each in drive.actions].index(Deed.CLOSED)
    assert closed == len(drive.actions) - 1


@MOST
@given(life=lives)
def test_a_run_that_is_put_away_and_read_again_goes_on_where_it_was(life: Life) -> None:
    drive, stored = (life.begins(stored=stored) for stored in (False, True))

    for each in (drive, stored):
        for _ in life.happens(each):
            pass
        each.to_the_end()

    assert stored.actions == drive.actions
    assert stored.position == drive.position


@MOST
@given(life=lives)
def test_nothing_that_was_not_asked_for_goes_to_who_opted_out(life: Life) -> None:
    drive = life.begins()

    for _ in life.happens(drive):
        pass
    drive.move(touchpoint(UNSUBSCRIBED, drive.now))
    before = len(drive.actions)
    drive.to_the_end()

    assert not [each for each in drive.actions[before:] if each.deed in SENT]


@MOST
@given(life=lives)
def test_mails_go_in_the_clients_hours_by_the_leads_clock(life: Life) -> None:
    """Without a zone of its own the lead has the client's: 21:00 to 08:00 in Zurich are quiet."""
    drive, mails = life.rides().to_the_end(), life.drawn.mails

    for each in drive.actions:
        asked_for = each.what in mails and mails[each.what].kind == "requested"
        if each.deed in SENT and not asked_for:
            summer = each.at >= START.replace(day=29, hour=1)
            assert 8 <= (each.at + timedelta(hours=2 if summer else 1)).hour < 21
