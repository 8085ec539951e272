"""What holds of every journey, lead, order of events and clock."""

from collections import Counter
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
leads = st.sampled_from(("ada", "bob", "cyd", "dan"))
dates = st.sampled_from(("2026-04-10", "2026-02-01", "2026-05-20", ""))


def happen(drive: Drive, seconds: int, what: str, date: str) -> None:
    """The clock may be late: what was due meanwhile is done only now."""
    drive.now += timedelta(seconds=seconds)
    if what == "nothing":
        drive.move()
    elif what == "told":
        drive.move(told(drive.now, trade="food", zone="America/New_York", **{DATE_FIELD: date}))
    else:
        drive.move(touchpoint(what, drive.now))


def rides(drawn: Drawn, lead: str, **more: Any) -> Drive:
    return Drive(drawn.journey, drawn.mails, drawn.exits, lead=lead, **more)


@MOST
@given(drawn=journeys(), lead=leads, happenings=happenings, date=dates)
def test_every_run_ends_or_waits_for_something(
    drawn: Drawn, lead: str, happenings: list[tuple[int, str]], date: str
) -> None:
    drive = rides(drawn, lead)

    drive.move()
    for seconds, what in happenings:
        happen(drive, seconds, what, date)
        assert not drive.open or (drive.position.due and drive.position.due > drive.now)
    drive.to_the_end()

    assert drive.position.enrolment.status is EnrolmentStatus.CLOSED
    assert drive.position.enrolment.reason
    assert drive.actions[-1].deed is Deed.CLOSED


@MOST
@given(drawn=journeys(), lead=leads, happenings=happenings, date=dates)
def test_no_steps_effect_happens_twice_and_nothing_after_the_end(
    drawn: Drawn, lead: str, happenings: list[tuple[int, str]], date: str
) -> None:
    drive = rides(drawn, lead)

    drive.move()
    for seconds, what in happenings:
        happen(drive, seconds, what, date)
        assert drive.move() == []  # asked again, with nothing new
    drive.to_the_end()
    happen(drive, 5, EVENTS[0], date)

    done = Counter((each.deed, each.step) for each in drive.actions if each.deed in ONCE)
    assert not [each for each, times in done.items() if times > 1]
    closed = [each.deed for each in drive.actions].index(Deed.CLOSED)
    assert closed == len(drive.actions) - 1


@MOST
@given(drawn=journeys(), lead=leads, happenings=happenings, date=dates)
def test_a_run_that_is_put_away_and_read_again_goes_on_where_it_was(
    drawn: Drawn, lead: str, happenings: list[tuple[int, str]], date: str
) -> None:
    drive, stored = (rides(drawn, lead, stored=stored) for stored in (False, True))

    for each in (drive, stored):
        each.move()
        for seconds, what in happenings:
            happen(each, seconds, what, date)
        each.to_the_end()

    assert stored.actions == drive.actions
    assert stored.position == drive.position


@MOST
@given(drawn=journeys(), lead=leads, happenings=happenings, date=dates)
def test_nothing_that_was_not_asked_for_goes_to_who_opted_out(
    drawn: Drawn, lead: str, happenings: list[tuple[int, str]], date: str
) -> None:
    drive = rides(drawn, lead)

    drive.move()
    for seconds, what in happenings:
        happen(drive, seconds, what, date)
    drive.move(touchpoint(UNSUBSCRIBED, drive.now))
    before = len(drive.actions)
    drive.to_the_end()

    assert not [each for each in drive.actions[before:] if each.deed in SENT]


@MOST
@given(drawn=journeys(), lead=leads)
def test_mails_go_in_the_clients_hours_by_the_leads_clock(drawn: Drawn, lead: str) -> None:
    """Without a zone of its own the lead has the client's: 21:00 to 08:00 in Zurich are quiet."""
    drive = rides(drawn, lead).to_the_end()

    for each in drive.actions:
        asked_for = each.what in drawn.mails and drawn.mails[each.what].kind == "requested"
        if each.deed in SENT and not asked_for:
            summer = each.at >= START.replace(day=29, hour=1)
            assert 8 <= (each.at + timedelta(hours=2 if summer else 1)).hour < 21
