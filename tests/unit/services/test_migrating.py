"""Leads in flight follow the edits of a journey that says so: soon, from where each stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.enrolment import MOST_RESTARTS, EnrolmentStatus, run_name
from coldframe.domain.errors import Outdated
from coldframe.domain.journey import MIGRATE
from coldframe.domain.journey_steps import WaitFor
from coldframe.services import relearning
from coldframe.services.resuming import Resume
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import CLICKED, DAY, WELCOME, sends
from tests.fakes.stage import Stage
from tests.fakes.world import World
from tests.unit.services import edits
from tests.unit.services.enrolled import LEAD, enrolment, step
from tests.unit.services.stories import ADA

HOUR = timedelta(hours=1)


@pytest.fixture
def stage() -> Stage:
    world = World()
    edits.deployed(
        world.playbook.without_limits(), edits.version(edits.steps(), "v1", edits=MIGRATE)
    )
    return Stage(world)


def deploy(stage: Stage, *others: object, without: tuple[str, ...] = (), **moved: str) -> None:
    """And the event of the deployment's end rings the sweep."""
    held = edits.steps(*others, without=without)  # type: ignore[arg-type]  # steps, all of them
    edits.deployed(stage.world.playbook, edits.version(held, "v2", edits=MIGRATE, **moved))
    stage.survive(lambda: stage.world.sweeping()(lambda: 60.0))
    stage.settle()


def mails(stage: Stage) -> list[str]:
    return [mail for _, mail, _ in stage.mails()]


def test_who_waits_longer_than_the_edited_wait_goes_on_at_once(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=1, hours=12))

    deploy(stage, edits.GUIDE_THEN_ONE_DAY)

    assert mails(stage) == ["guide", "case-study"]
    assert enrolment(stage.world).version == "v2"


def test_what_remains_of_a_wait_is_counted_from_when_it_began(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(hours=12))

    deploy(stage, edits.GUIDE_THEN_ONE_DAY)
    assert mails(stage) == ["guide"]
    stage.advance(MONDAY + timedelta(days=1) - timedelta(minutes=1))
    assert mails(stage) == ["guide"]
    stage.advance(MONDAY + timedelta(days=1, minutes=1))

    assert mails(stage) == ["guide", "case-study"]


def test_a_wait_for_an_event_keeps_what_is_left_of_its_limit(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=3))
    limited = replace(
        WELCOME.steps["case-study"],
        pause=WaitFor(when=CLICKED, limit=2 * DAY, then="invitation", otherwise="reminder"),
    )

    deploy(stage, limited)
    assert mails(stage) == ["guide", "case-study"]
    stage.advance(MONDAY + timedelta(days=4, hours=1))

    assert mails(stage) == ["guide", "case-study", "reminder"]


def test_a_deleted_steps_leads_go_on_where_moved_says_and_its_wait_runs_on(stage: Stage) -> None:
    edits.deployed(
        stage.world.playbook,
        edits.version(edits.steps(edits.GUIDE_THEN_PAUSE, edits.PAUSE), "v1", edits=MIGRATE),
    )
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=1))
    assert enrolment(stage.world).step == "pause"

    deploy(stage, edits.REST, pause="rest")

    moved = enrolment(stage.world)
    assert (moved.step, moved.since) == ("rest", MONDAY)
    stage.advance(MONDAY + timedelta(days=3, hours=-1))
    assert mails(stage) == ["guide"]
    stage.advance(MONDAY + timedelta(days=3, hours=1))
    assert mails(stage) == ["guide", "_hand_off"]


def test_a_step_that_comes_after_the_one_where_a_lead_stands_is_on_its_way(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + HOUR)

    deploy(
        stage,
        sends("guide", wait=2 * DAY, then="letter"),
        sends("letter", wait=DAY, then="case-study"),
    )
    stage.advance(MONDAY + timedelta(days=3, hours=1))

    assert mails(stage) == ["guide", "letter", "case-study"]


def test_a_renamed_step_never_sends_its_mail_again(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + HOUR)
    renamed = replace(edits.GUIDE_THEN_ONE_DAY, id="the-guide")

    deploy(stage, renamed, without=("guide",), guide="the-guide")
    stage.advance(MONDAY + timedelta(days=1, hours=1))

    assert mails(stage) == ["guide", "case-study"]


def test_a_run_that_no_walk_came_to_moves_at_its_next_step(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + HOUR)
    letter = sends("letter", wait=DAY, then="case-study")
    held = edits.steps(sends("guide", wait=DAY, then="letter"), letter)
    edits.deployed(stage.world.playbook, edits.version(held, "v2", edits=MIGRATE))

    stage.advance(MONDAY + timedelta(days=2, minutes=5))

    assert mails(stage) == ["guide", "letter"]
    assert stage.machine.stuck == []


def test_a_pinned_journeys_leads_are_not_walked_to(stage: Stage) -> None:
    edits.deployed(stage.world.playbook, edits.version(edits.steps(), "v1"))
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=1, hours=12))
    edits.deployed(stage.world.playbook, edits.version(edits.steps(edits.GUIDE_THEN_ONE_DAY), "v2"))

    stage.world.sweeping()(lambda: 60.0)
    stage.settle()

    assert mails(stage) == ["guide"]
    assert enrolment(stage.world).generation == 1


def test_the_walk_is_paced_and_takes_a_rest_between_its_goes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relearning, "MOVED_AT_ONCE", 2)
    for name in "abcde":
        stage.post(f"{name}@example.com")
    stage.advance(MONDAY + timedelta(days=1, hours=12))

    deploy(stage, edits.GUIDE_THEN_ONE_DAY)
    begun = [row.version for row in stage.world.enrolments.rows.values()]
    stage.advance(MONDAY + timedelta(days=1, hours=12, minutes=3))

    assert sorted(begun) == ["v1", "v1", "v1", "v2", "v2"]
    assert {row.version for row in stage.world.enrolments.rows.values()} == {"v2"}
    assert mails(stage).count("case-study") == 5


def test_a_second_sweep_moves_nobody_again(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + HOUR)
    deploy(stage, edits.GUIDE_THEN_ONE_DAY)

    stage.world.sweeping()(lambda: 60.0)
    stage.settle()

    assert enrolment(stage.world).generation == 2


def test_machines_that_stay_behind_their_playbook_hold_nobody_up(stage: Stage) -> None:
    """A deployment that hangs: each new run is of the old machine."""
    stage.post(ADA)
    stage.settle()
    world = stage.world
    edits.deployed(world.playbook, edits.version(edits.steps(), "v2", edits=MIGRATE))

    for _ in range(MOST_RESTARTS):
        asked = replace(step(world, "guide"), version="v1", then="wait")
        with pytest.raises(Outdated):
            world.messaging()(asked)
        assert not world.deciding()(replace(asked, stuck="Outdated")).stuck
        due = enrolment(world).due_at
        assert due is not None
        world.clock.at = due
        world.resuming()(Resume(lead=LEAD, enrolment=enrolment(world).id))

    outcome = world.messaging()(replace(step(world, "guide"), version="v1", then="wait"))

    assert outcome.resume_at == MONDAY + timedelta(days=2)
    assert world.clock.now() - MONDAY < timedelta(hours=1)


def test_a_step_that_nothing_took_the_place_of_marks_the_run_stuck(stage: Stage) -> None:
    stage.post(ADA)
    stage.settle()
    world = stage.world
    held = edits.steps(without=("guide",))
    edits.deployed(world.playbook, edits.version(held, "v2", edits=MIGRATE))
    with pytest.raises(Outdated):
        world.messaging()(step(world, "guide"))

    answer = world.deciding()(replace(step(world, "guide"), stuck="Outdated"))

    assert answer.stuck
    assert enrolment(world).status is EnrolmentStatus.STUCK
    assert enrolment(world).reason == "UnknownStep"


def test_a_lead_that_is_moved_lazily_arms_the_alarm(stage: Stage) -> None:
    stage.post(ADA)
    stage.settle()
    stage.world.alarm.at = None
    held = edits.steps(edits.GUIDE_THEN_ONE_DAY)
    edits.deployed(stage.world.playbook, edits.version(held, "v2", edits=MIGRATE))
    asked = replace(step(stage.world, "guide"), version="v1", stuck="Outdated")

    stage.world.deciding()(asked)
    stage.world.deciding()(asked)

    assert stage.world.alarm.at == MONDAY
    assert enrolment(stage.world).restarts == 1


def test_the_plain_way_of_a_mail_and_a_wait_arms_nothing(stage: Stage) -> None:
    stage.post(ADA)
    stage.settle()
    log = stage.world.writes.log
    began = len(log)

    stage.world.clock.at = MONDAY + timedelta(days=2)
    stage.machine.move()

    assert "alarm.arm" not in log[began:]
    assert run_name(enrolment(stage.world).id, 1) in stage.world.runs.started
