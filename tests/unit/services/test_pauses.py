"""Waits of every kind, and those that are too long for a run."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coldframe.domain.conditions.nodes import Condition, Const, Type
from coldframe.domain.errors import Left, Parked
from coldframe.domain.journey_steps import DateMark, LocalTime, Pass, Wait, WaitFor
from coldframe.domain.local_time import spread
from coldframe.domain.touchpoint import Touchpoint, record
from coldframe.services.resuming import Resume
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY, DAY
from tests.fakes.world import World
from tests.unit.services.on_tour import LEAD, changed, enrolment, known, on_tour, stands
from tests.unit.services.tour import LOOKED, RETAIL, TOUR, renewing, step

NINE_IN_ZURICH = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)
TWO_HOURS = Condition(
    source="hours(2)", type=Type.DURATION, tree=Const(value=7_200_000, type=Type.DURATION)
)


@pytest.fixture
def world() -> World:
    return on_tour()


def waiting(world: World, wait: Wait) -> None:
    changed(world, "tour", step("pause", Pass(), pause=wait, then="sms"))


def test_a_wait_may_be_computed(world: World) -> None:
    waiting(world, Wait(computed=TWO_HOURS))

    outcome = world.deciding()(stands(world, "pause"))

    assert outcome.resume_at == MONDAY + timedelta(hours=2)


def test_a_wait_may_end_at_a_time_of_the_leads_own_day(world: World) -> None:
    waiting(world, Wait(seconds=DAY, until=LocalTime(minute=9 * 60, weekdays=(2,))))

    outcome = world.deciding()(stands(world, "pause"))

    assert outcome.resume_at == NINE_IN_ZURICH + spread(LEAD, "pause")


def test_a_wait_before_marketing_ends_when_that_may_go(world: World) -> None:
    world.playbook.of = replace(world.playbook.of, quiet_hours=BAKERY.quiet_hours)
    waiting(world, Wait(seconds=12 * 3600))

    outcome = world.deciding()(stands(world, "pause"))

    morning = datetime(2026, 11, 17, 7, 0, tzinfo=UTC)
    assert outcome.resume_at == morning + spread(LEAD, "pause")


def test_a_wait_before_anything_else_ends_in_the_night(world: World) -> None:
    world.playbook.of = replace(world.playbook.of, quiet_hours=BAKERY.quiet_hours)
    changed(world, "tour", step("pause", Pass(), pause=Wait(seconds=12 * 3600), then="crm"))

    assert world.deciding()(stands(world, "pause")).resume_at == MONDAY + timedelta(hours=12)


def test_what_is_too_long_for_a_run_is_parked_and_resumed_to_the_second(world: World) -> None:
    with pytest.raises(Parked, match="e"):
        world.deciding()(stands(world, "long"))
    assert enrolment(world).parked_until == MONDAY + timedelta(days=40)
    world.clock.advance(days=40)

    world.sweeping()(lambda: 60.0)

    assert enrolment(world).generation == 2
    assert "e-2" in world.runs.started
    assert world.deciding()(stands(world, "long")).resume_at == MONDAY + timedelta(days=40)
    assert world.due.all() == []


def test_a_long_wait_whose_machine_knows_no_parking_is_waited_for(world: World) -> None:
    waiting(world, Wait(seconds=40 * DAY))

    outcome = world.deciding()(stands(world, "pause"))

    assert outcome.resume_at == MONDAY + timedelta(days=40)


def test_a_resumption_that_dies_before_its_run_starts_is_made_up_for(world: World) -> None:
    with pytest.raises(Parked):
        world.deciding()(stands(world, "long"))
    world.enrolments.next_generation(enrolment(world), world.clock.now())
    world.clock.advance(minutes=15)

    world.sweeping()(lambda: 60.0)

    assert list(world.runs.started) == ["e-3"]


@pytest.mark.parametrize(
    ("if_past", "to"), [("go_on", ""), ("skip", "late")], ids=["go on", "skip"]
)
@pytest.mark.parametrize("date", ["", "2026-11-20"], ids=["none", "past"])
def test_a_date_that_is_past_or_missing_is_treated_as_declared(
    world: World, if_past: str, to: str, date: str
) -> None:
    renewing(world.playbook)
    _if_past(world, if_past)
    if date:
        known(world, renewal_on=date)

    outcome = world.deciding()(stands(world, "await", journey="renewal"))

    assert outcome.to == to
    assert outcome.resume_at == (None if to else MONDAY)


def test_a_date_that_is_past_may_end_the_journey_and_lead_to_another(world: World) -> None:
    journeys = world.playbook.journeys
    renewing(world.playbook)
    world.playbook.journeys |= journeys
    _if_past(world, "exit")
    changed(world, "renewal", at_end={"exited": "follow"})

    with pytest.raises(Left):
        world.deciding()(stands(world, "await", journey="renewal"))

    assert (enrolment(world).status, enrolment(world).reason) == ("closed", "exited")
    assert enrolment(world).because["await"].text == "no_date"
    assert [each.kind for each in world.touchpoints.rows.values()] == ["journey.requested"]


def test_a_far_date_is_waited_for_without_a_run(world: World) -> None:
    renewing(world.playbook)
    known(world, renewal_on="2027-06-01")

    with pytest.raises(Parked):
        world.deciding()(stands(world, "await", journey="renewal"))

    nine = datetime(2027, 5, 2, 7, 0, tzinfo=UTC)
    assert enrolment(world).parked_until == nine + spread(LEAD, "await")


def test_an_event_is_waited_for_without_a_run_when_its_limit_is_long(world: World) -> None:
    world.messaging()(replace(stands(world, "look"), token="t1"))

    held = enrolment(world)
    assert world.waits.answers["t1"].error == "Parked"
    assert held.waiting is not None
    assert held.waiting.token == ""
    assert held.parked_until == MONDAY + timedelta(days=45)


def test_an_event_that_came_before_answers_at_once_also_a_long_wait(world: World) -> None:
    world.messaging()(replace(stands(world, "look"), token="t1"))
    world.clock.advance(days=3)
    world.touchpoints.put(happened(world))

    world.resuming()(Resume(lead=LEAD, enrolment="e"))
    world.messaging()(replace(stands(world, "look"), token="t2"))

    assert world.waits.answers["t2"].event == LOOKED.kind
    assert world.mailer.mails() == ["case-study"]


def test_near_its_end_a_long_wait_is_one_of_a_run(world: World) -> None:
    world.messaging()(replace(stands(world, "look"), token="t1"))
    world.clock.advance(days=20)

    world.resuming()(Resume(lead=LEAD, enrolment="e"))
    world.messaging()(replace(stands(world, "look"), token="t2"))

    held = enrolment(world)
    assert world.runs.started["e-2"].timeout == 25 * DAY
    assert held.waiting is not None
    assert (held.waiting.token, held.parked_until) == ("t2", None)


@pytest.mark.parametrize(("industry", "answered"), [("retail", True), ("food", False)])
def test_an_event_counts_only_if_what_is_asked_of_the_lead_holds(
    world: World,
    industry: str,
    answered: bool,  # noqa: FBT001 - an example's value
) -> None:
    known(world, industry=industry)
    asks = WaitFor(when=LOOKED, limit=DAY, condition=RETAIL, then="task", otherwise="owner")
    changed(world, "tour", replace(TOUR.steps["look"], pause=asks))
    world.clock.advance(minutes=1)
    world.touchpoints.put(happened(world))

    world.messaging()(replace(stands(world, "look"), token="t1"))

    assert ("t1" in world.waits.answers) is answered


def test_people_told_and_services_called_may_be_waited_upon_too(world: World) -> None:
    asks = WaitFor(when=LOOKED, limit=DAY, then="task", otherwise="owner")
    for name, use_case in (("tell", world.handing_off()), ("crm", world.calling())):
        changed(world, "tour", replace(TOUR.steps[name], pause=asks))

        use_case(replace(stands(world, name), token=name))

        held = enrolment(world).waiting
        assert held is not None
        assert (held.step, held.token, held.since) == (name, name, MONDAY)


def happened(world: World) -> Touchpoint:
    now = world.clock.now()
    return record(lead=LEAD, kind=LOOKED.kind, source="server", received_at=now)


def _if_past(world: World, word: str) -> None:
    mark = DateMark(field="renewal_on", days=-30, minute=9 * 60, if_past=word)
    wait = Wait(date=mark, may_park=True, skip_to="late" if word == "skip" else None)
    changed(world, "renewal", step("await", Pass(), pause=wait, then="invitation"))
