"""A pinned run keeps the machine it was started with; where that can't go on, a new one does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.enrolment import MOST_RESTARTS, EnrolmentStatus
from coldframe.services.resuming import Resume
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import DAY, WELCOME, sends
from tests.fakes.stage import Stage
from tests.fakes.world import World
from tests.unit.services import edits
from tests.unit.services.enrolled import LEAD, enrolment, step
from tests.unit.services.stories import ADA
from tests.unit.services.tour import RETAIL

THIRD = MONDAY + timedelta(days=2, minutes=30)
ASKS = replace(edits.GUIDE_THEN_ONE_DAY, next="which")


@pytest.fixture
def stage() -> Stage:
    stage = Stage(World())
    stage.world.playbook.without_limits()
    return stage


def deploy(stage: Stage, *others: object, without: tuple[str, ...] = ()) -> None:
    held = edits.steps(*others, without=without)  # type: ignore[arg-type]  # steps, all of them
    edits.deployed(stage.world.playbook, edits.version(held, "v2"))


def mails(stage: Stage) -> list[str]:
    return [mail for _, mail, _ in stage.mails()]


def begin(stage: Stage, *others: object) -> None:
    deploy(stage, *others)
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(hours=1))


def test_an_arm_that_the_old_machine_does_not_know_is_gone_by_a_new_run(stage: Stage) -> None:
    begin(stage, ASKS, edits.asking(("all", None, "case-study")))

    deploy(stage, ASKS, edits.asking(("shops", RETAIL, "case-study"), ("all", None, "reminder")))
    stage.advance(THIRD)

    assert mails(stage) == ["guide", "reminder", "_hand_off"]
    assert stage.machine.stuck == []
    assert enrolment(stage.world).generation == 2
    assert enrolment(stage.world).restarts == 0


def test_a_wait_that_was_deleted_is_over(stage: Stage) -> None:
    begin(stage, sends("guide", wait=DAY, then="pause"), edits.PAUSE)
    passed = replace(edits.PAUSE, pause=None)

    deploy(stage, sends("guide", wait=DAY, then="pause"), passed)
    stage.advance(THIRD)

    assert mails(stage) == ["guide", "_hand_off"]


def test_a_wait_that_is_new_is_waited_by_a_new_run(stage: Stage) -> None:
    begin(stage, replace(WELCOME.steps["case-study"], pause=None, next="hand-off"))

    deploy(stage, sends("case-study", wait=DAY, then="hand-off"))
    stage.advance(THIRD)
    assert mails(stage) == ["guide", "case-study"]
    stage.advance(THIRD + timedelta(days=1))

    assert mails(stage) == ["guide", "case-study", "_hand_off"]


def test_a_run_that_ends_where_the_journey_now_goes_on_loses_nobody(stage: Stage) -> None:
    begin(stage, replace(WELCOME.steps["case-study"], pause=None))

    deploy(stage, replace(WELCOME.steps["case-study"], pause=None, next="hand-off"))
    stage.advance(THIRD)

    assert mails(stage) == ["guide", "case-study", "_hand_off"]
    assert enrolment(stage.world).status is EnrolmentStatus.CLOSED


def test_a_wait_for_an_event_that_became_a_wait_is_not_left_without_an_answer(
    stage: Stage,
) -> None:
    begin(stage)

    deploy(stage, sends("case-study", wait=DAY, then="reminder"))
    stage.advance(THIRD + timedelta(days=1))

    assert mails(stage) == ["guide", "case-study", "reminder"]


def test_a_step_that_is_gone_leaves_the_lead_where_it_stood_in_todays_order(stage: Stage) -> None:
    begin(stage)

    deploy(stage, sends("guide", wait=2 * DAY, then="reminder"), without=("case-study",))
    stage.advance(THIRD)

    assert mails(stage) == ["guide", "reminder"]
    assert stage.machine.stuck == []


def test_what_comes_later_in_the_order_of_the_run_is_the_runs_own(stage: Stage) -> None:
    begin(stage)

    deploy(stage, sends("guide", wait=2 * DAY, then="reminder"))
    stage.advance(THIRD)

    assert mails(stage) == ["guide", "case-study"]
    assert enrolment(stage.world).generation == 1


def test_runs_that_never_come_to_go_on_end_as_stuck(stage: Stage) -> None:
    """Its machine stays behind its playbook for good."""
    begin(stage, ASKS, edits.asking(("all", None, "case-study")))
    world = stage.world
    world.deciding()(step(world, "which"))

    stuck = []
    for _ in range(MOST_RESTARTS + 1):
        asked = replace(step(world, "which"), stuck="UnknownStep")
        stuck.append(world.deciding()(asked).stuck)
        if due := enrolment(world).due_at:
            world.clock.at = due
            world.resuming()(Resume(lead=LEAD, enrolment=enrolment(world).id))

    assert stuck == [False] * MOST_RESTARTS + [True]
    assert enrolment(world).reason == "UnknownStep"


def test_whatever_else_stops_a_run_is_stuck_at_once(stage: Stage) -> None:
    begin(stage)

    assert stage.world.deciding()(replace(step(stage.world, "guide"), stuck="Unexpected")).stuck

    assert enrolment(stage.world).status is EnrolmentStatus.STUCK


def test_a_run_whose_journey_is_gone_is_stuck(stage: Stage) -> None:
    begin(stage)
    asked = replace(step(stage.world, "guide"), stuck="UnknownStep")
    stage.world.playbook.journeys = {}

    assert stage.world.deciding()(asked).stuck


def test_a_stuck_lead_that_a_person_resumes_has_all_its_tries_again(stage: Stage) -> None:
    begin(stage)
    world = stage.world
    row = replace(enrolment(world), restarts=MOST_RESTARTS, status=EnrolmentStatus.STUCK)
    world.enrolments.rows[LEAD, row.id] = row

    assert world.resuming()(Resume(lead=LEAD, enrolment=row.id))

    assert (enrolment(world).restarts, enrolment(world).status) == (0, EnrolmentStatus.OPEN)
