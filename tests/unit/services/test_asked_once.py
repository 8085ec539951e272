"""What a wait asks of the lead is asked once: a run that comes to it again keeps the answer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.errors import Elapsed, Left, Parked
from coldframe.domain.journey import Step
from coldframe.domain.journey_steps import Pass, Wait, WaitFor
from coldframe.domain.touchpoint import record
from coldframe.services.resuming import Resume
from coldframe.services.steps import StepCommand
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import DAY
from tests.fakes.runs import TokenAnswer
from tests.fakes.world import World
from tests.unit.core.asked import days_if_known
from tests.unit.services.on_tour import LEAD, changed, enrolment, known, on_tour, stands
from tests.unit.services.tour import BOOKED, RETAIL

PATIENCE = Wait(computed=days_if_known("vip", known=60, otherwise=40), may_park=True)
ASK = WaitFor(
    when=BOOKED, limit=60 * DAY, then="end", otherwise="end", since="enrolment", condition=RETAIL
)


@pytest.fixture
def world() -> World:
    world = on_tour()
    changed(world, "tour", Step(id="patience", action=Pass(), pause=PATIENCE, next="end"))
    changed(world, "tour", Step(id="ask", action=Pass(), pause=ASK))
    return world


def resumed(world: World, step: str, **more: str) -> StepCommand:
    """A new run comes to the step."""
    world.resuming()(Resume(lead=LEAD, enrolment="e"))
    return replace(stands(world, step), **more)  # type: ignore[arg-type]  # its own fields


def books(world: World) -> None:
    now = world.clock.now()
    booked = record(
        lead=LEAD, kind=BOOKED.kind, source="test", received_at=now, data={}, own_id=str(now)
    )
    world.touchpoints.put(booked)
    before = set(world.profiles.decisions)
    rules = world.playbook.rules
    waits = tuple(each for each in rules.waits if each.step != "ask")
    asks = replace(rules.waits[0], step="ask", when=BOOKED, condition=RETAIL)
    world.playbook.rules = replace(rules, waits=(*waits, asks), exits=())
    world.reacting()(booked)
    for key in sorted(set(world.profiles.decisions) - before):
        world.carrying_out()(world.profiles.decisions[key])


def asks(world: World, token: str) -> TokenAnswer | None:
    """What the run hears, if it hears something at once."""
    begun = world.enrolments.rows.get((LEAD, "e"))
    command = resumed(world, "ask") if begun else stands(world, "ask")
    world.deciding()(replace(command, token=token))
    return world.waits.answers.get(token)


def test_a_computed_wait_keeps_its_length_though_the_lead_has_changed(world: World) -> None:
    with pytest.raises(Parked):
        world.deciding()(stands(world, "patience"))
    until = enrolment(world).parked_until
    known(world, vip="yes")
    world.clock.advance(days=40)

    again = world.deciding()(resumed(world, "patience"))

    assert again.resume_at == until == MONDAY + timedelta(days=40)


def test_a_try_that_is_repeated_waits_as_long_as_the_first(world: World) -> None:
    short = Wait(computed=days_if_known("vip", known=6, otherwise=4))
    changed(world, "tour", Step(id="patience", action=Pass(), pause=short, next="end"))
    first = world.deciding()(stands(world, "patience"))
    known(world, vip="yes")

    assert world.deciding()(stands(world, "patience")) == first


@pytest.mark.parametrize(("edits", "days"), [("pin", 40), ("migrate", 60)])
def test_where_leads_follow_edits_another_version_asks_anew(
    world: World, edits: str, days: int
) -> None:
    changed(world, "tour", version="1", edits=edits)
    with pytest.raises(Parked):
        world.deciding()(replace(stands(world, "patience"), version="1"))
    known(world, vip="yes")
    changed(world, "tour", version="2")
    world.clock.advance(days=10)

    again = resumed(world, "patience", version="2")

    if days == 40:
        assert world.deciding()(again).resume_at == MONDAY + timedelta(days=days)
    else:
        with pytest.raises(Parked):
            world.deciding()(again)
        assert enrolment(world).parked_until == MONDAY + timedelta(days=days)


def test_an_event_that_did_not_count_when_the_wait_began_does_not_count_later(world: World) -> None:
    known(world, industry="food")
    stands(world, "ask")
    world.clock.advance(hours=1)
    books(world)
    assert asks(world, "first") == TokenAnswer(error=Parked.__name__, cause="e")
    known(world, industry="retail")
    world.clock.advance(days=60)

    assert asks(world, "second") == TokenAnswer(error=Elapsed.__name__, cause="e")


def test_an_event_that_did_not_count_when_it_came_does_not_count_later(world: World) -> None:
    known(world, industry="food")
    asks(world, "first")
    world.clock.advance(days=3)
    books(world)
    known(world, industry="retail")
    world.clock.advance(days=3)

    assert asks(world, "second") == TokenAnswer(error=Parked.__name__, cause="e")


def test_an_event_that_counted_when_it_came_counts_for_the_run_that_comes_to_it(
    world: World,
) -> None:
    asks(world, "first")
    world.clock.advance(days=3)
    books(world)
    known(world, industry="food")

    assert enrolment(world).generation > 1
    assert asks(world, "second") == TokenAnswer(event=BOOKED.kind)


def test_it_counts_also_where_the_run_that_heard_it_is_gone(world: World) -> None:
    changed(world, "tour", Step(id="ask", action=Pass(), pause=replace(ASK, limit=9 * DAY)))
    assert asks(world, "first") is None
    world.clock.advance(days=3)
    books(world)
    assert world.waits.answers["first"].event == BOOKED.kind
    known(world, industry="food")

    assert asks(world, "second") == TokenAnswer(event=BOOKED.kind)


@pytest.mark.parametrize("point", range(10))
def test_an_event_that_comes_while_a_new_run_is_on_its_way_is_not_lost(
    world: World, point: int
) -> None:
    """Before any of the reads and writes with which it comes to its step."""
    changed(world, "tour", Step(id="ask", action=Pass(), pause=replace(ASK, limit=9 * DAY)))
    asks(world, "first")
    command = replace(resumed(world, "ask"), token="second")
    world.writes.interrupt_at = world.writes.operations + point
    world.writes.interruption = lambda: books(world)

    world.deciding()(command)

    if world.writes.interrupt_at is not None:
        world.writes.interrupt_at = None
        books(world)
    heard = world.waits.answers.get("second")
    if heard is None or heard.error == Left.__name__:
        heard = asks(world, "third")
    assert heard == TokenAnswer(event=BOOKED.kind)


def test_a_wait_without_a_condition_keeps_nothing(world: World) -> None:
    plain = replace(ASK, condition=None)
    changed(world, "tour", Step(id="ask", action=Pass(), pause=plain))
    books(world)

    assert asks(world, "first") == TokenAnswer(event=BOOKED.kind)
    assert enrolment(world).asked == {}


def test_an_answer_that_comes_twice_is_kept_once(world: World) -> None:
    asks(world, "first")
    world.clock.advance(days=3)
    data = {"step": "ask", "event": BOOKED.kind, "asked": "yes"}
    decision = Decision(
        lead=LEAD,
        id="t#resolve#tour.ask",
        kind=DecisionKind.RESOLVE,
        cause="t",
        at=world.clock.now(),
        journey="tour",
        data=data,
    )

    for _ in range(3):
        world.carrying_out()(decision)

    assert enrolment(world).asked["ask"].answered
