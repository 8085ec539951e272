"""Steps that are called for a lead of the holdout: nothing goes out, and that is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.errors import Left, Parked
from coldframe.domain.journey import Step
from coldframe.domain.journey_steps import (
    DateMark,
    EnrolIn,
    HandOff,
    Leave,
    Pass,
    Share,
    Split,
    StopMarketing,
    Wait,
    WaitFor,
)
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import DAY
from tests.fakes.world import World
from tests.unit.services.on_tour import LEAD, changed, enrolment, on_tour, stands, who_does
from tests.unit.services.tour import BOOKED, TOUR, step

HOUR = 3600
TELLING = ("score", "set", "on")
CLAIMING = ("tell", "crm", "sms", "look", "task", "owner")


@pytest.fixture
def world() -> World:
    """Everybody is held out."""
    world = on_tour()
    everyone = Share(name="held", below="g", to="end")
    changed(world, "tour", step("draw", Split(shares=(everyone,), holdout="held")))
    return world


def hold(world: World, of: Step, **more: object) -> None:
    changed(world, "tour", replace(of, holdouts=("draw",)), **more)


def sent(world: World) -> int:
    return len(world.mailer.sent) + len(world.texts.sent) + len(world.webhooks.calls)


@pytest.mark.parametrize("name", [*TELLING, *CLAIMING])
def test_no_step_has_an_effect(world: World, name: str) -> None:
    hold(world, replace(TOUR.steps[name], pause=None, next="end"))

    for _ in range(3):
        who_does(world, name)(stands(world, name))
        world.clock.advance(minutes=7)

    assert sent(world) == 0
    assert world.touchpoints.rows == {}
    assert enrolment(world).claims == {}


def test_who_is_held_out_is_not_set_aside_for_its_silence(world: World) -> None:
    hold(world, replace(TOUR.steps["score"], action=StopMarketing(why="silent")))

    world.deciding()(stands(world, "score"))

    assert world.touchpoints.rows == {}
    assert enrolment(world).because["score"].text == "holdout"


@pytest.mark.parametrize("name", CLAIMING)
def test_what_would_have_gone_out_is_recorded_with_the_reason_once(world: World, name: str) -> None:
    hold(world, replace(TOUR.steps[name], pause=None, next="end"))

    for _ in range(2):
        who_does(world, name)(stands(world, name))
        world.clock.advance(minutes=7)

    [row] = world.ledger.rows.values()
    assert (row.state, row.why, row.at) == ("refused", "holdout", MONDAY)


@pytest.mark.parametrize("name", TELLING)
def test_what_would_have_been_set_or_begun_is_recorded_too(world: World, name: str) -> None:
    hold(world, TOUR.steps[name])

    world.deciding()(stands(world, name))

    assert enrolment(world).because[name].text == "holdout"


@pytest.mark.parametrize("name", ["score", "tell", "crm", "owner"])
def test_the_wait_behind_runs_from_when_the_step_was_first_entered(world: World, name: str) -> None:
    hold(world, replace(TOUR.steps[name], pause=Wait(seconds=HOUR), next="end"))
    who_does(world, name)(stands(world, name))
    world.clock.advance(minutes=10)
    world.enrolments.next_generation(enrolment(world), world.clock.now())

    again = who_does(world, name)(stands(world, name))

    assert again.resume_at == MONDAY + timedelta(hours=1)


@pytest.mark.parametrize("name", ["score", "tell", "crm"])
def test_an_event_is_waited_for_behind_a_step_that_does_nothing(world: World, name: str) -> None:
    waits = WaitFor(when=BOOKED, limit=2 * DAY, then="end", otherwise="end")
    hold(world, replace(TOUR.steps[name], pause=waits, next=None))

    who_does(world, name)(replace(stands(world, name), token="a token"))

    waiting = enrolment(world).waiting
    assert waiting is not None
    assert (waiting.step, waiting.token) == (name, "a token")


def test_a_long_wait_for_an_event_parks_behind_a_step_that_does_nothing(world: World) -> None:
    waits = WaitFor(when=BOOKED, limit=60 * DAY, then="end", otherwise="end")
    hold(world, replace(TOUR.steps["tell"], pause=waits, next=None))
    command = replace(stands(world, "tell"), token="a token")

    world.handing_off()(command)

    assert world.waits.answers["a token"].error == Parked.__name__
    assert enrolment(world).parked_until == MONDAY + timedelta(days=60)


def test_a_hand_off_that_ends_the_journey_ends_it(world: World) -> None:
    hold(world, Step(id="owner", action=HandOff(to="owner"), claim="hand_off:owner"))

    world.handing_off()(stands(world, "owner"))

    assert enrolment(world).reason == "completed"


def test_no_journey_follows_an_exit_step(world: World) -> None:
    hold(world, Step(id="gone", action=Leave(reason="lost")), at_end={"lost": "follow"})

    world.deciding()(stands(world, "gone"))

    assert enrolment(world).reason == "lost"
    assert world.touchpoints.rows == {}


def test_no_journey_follows_a_date_that_is_missing(world: World) -> None:
    mark = DateMark(field="renewal", days=0, minute=540, if_past="exit")
    dated = Step(id="ahead", action=Pass(), pause=Wait(date=mark), next="end")
    hold(world, dated, at_end={"exited": "follow"})

    with pytest.raises(Left):
        world.deciding()(stands(world, "ahead"))

    assert enrolment(world).reason == "exited"
    assert world.touchpoints.rows == {}


def test_nothing_follows_the_end_of_the_way(world: World) -> None:
    hold(world, Step(id="then follow", action=EnrolIn(journey="follow")))

    world.deciding()(stands(world, "then follow"))

    assert enrolment(world).status is EnrolmentStatus.CLOSED
    assert world.touchpoints.rows == {}


@pytest.mark.parametrize(("at", "follows"), [("long", 0), ("guide", 1)])
def test_no_journey_follows_an_event_that_ends_the_passage_behind_the_holdout(
    world: World, at: str, follows: int
) -> None:
    hold(world, TOUR.steps["long"])
    stands(world, at)
    world.enrolments.rows[LEAD, "e"] = replace(enrolment(world), step=at)
    data = {"enrolment": "e", "reason": "converted", "then": "follow"}
    exit_ = Decision(
        lead=LEAD,
        id="t#exit#tour",
        kind=DecisionKind.EXIT,
        cause="t",
        at=MONDAY + timedelta(hours=1),
        journey="tour",
        data=data,
    )
    world.clock.advance(hours=1)

    for _ in range(2):
        world.carrying_out()(exit_)

    assert enrolment(world).reason == "converted"
    assert len(world.touchpoints.rows) == follows
