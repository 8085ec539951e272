"""What is due happens: swept twice it happens once, and one trouble holds up nobody."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.errors import Transient
from coldframe.services.resuming import Resume
from tests.fakes.clock import MONDAY
from tests.fakes.due import due_by
from tests.fakes.runs import Run
from tests.fakes.stage import TRIES, Stage
from tests.fakes.world import World, lead_of
from tests.fakes.writes import Crash
from tests.unit.services.stories import ADA, END

LEAD = lead_of(ADA)


@pytest.fixture
def sent(stage: Stage) -> Stage:
    """Ada has the case study, and 3 days to follow its link."""
    stage.world.playbook.without_limits()
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=2, minutes=1))
    return stage


def enrolment_key(world: World) -> tuple[str, str]:
    return next(iter(world.enrolments.rows))


def test_a_due_observation_gets_one_tick_dated_with_its_instant(sent: Stage) -> None:
    sent.world.clock.advance(hours=1)
    sent.follow(sent.world.mailer.sent[-1])
    followed = sent.world.clock.now()
    sent.settle()
    sent.world.clock.advance(minutes=10)

    for _ in range(2):
        sent.world.sweeping()(lambda: 60.0)

    ticks = [row for row in sent.world.touchpoints.rows.values() if row.kind == "tick"]
    assert [tick.occurred_at for tick in ticks] == [followed + timedelta(seconds=20)]


def test_a_tick_that_was_lost_is_given_again_by_a_sweep_of_an_hour_later_or_more(
    sent: Stage,
) -> None:
    """The daily one at the latest."""
    sent.world.clock.advance(hours=1)
    sent.follow(sent.world.mailer.sent[-1])
    sent.settle()
    sent.world.clock.advance(minutes=1)
    sent.world.sweeping()(lambda: 60.0)
    sent.world.stream.records.clear()

    sent.advance(sent.world.clock.now() + timedelta(days=1))

    [observation] = sent.world.observations.rows.values()
    assert observation.decide_at is None


def test_a_sweep_that_meets_nothing_has_seen_what_comes_next(sent: Stage) -> None:
    """One look at the index, and one at the alarm."""
    world = sent.world
    due(world, enrolment_key(world), MONDAY + timedelta(days=5))
    reads = world.due.reads

    world.sweeping()(lambda: 60.0)

    assert world.alarm.at == MONDAY + timedelta(days=5)
    assert world.due.reads == reads + 1


def test_nobody_sweeps_again_to_see_whether_a_tick_was_reacted_to(sent: Stage) -> None:
    world = sent.world
    world.clock.advance(hours=1)
    sent.follow(world.mailer.sent[-1])
    sent.settle()
    world.clock.advance(minutes=1)

    world.sweeping()(lambda: 60.0)

    assert [each.key for each in due_by(world.due, world.clock.now())] == [
        f"O#{name}" for _, name in world.observations.rows
    ]
    assert world.alarm.at is None or world.alarm.at > world.clock.now() + timedelta(hours=1)


def due(world: World, key: tuple[str, str], at: datetime) -> None:
    world.enrolments.rows[key] = replace(world.enrolments.rows[key], due_at=at)


def test_one_failing_item_holds_up_no_other_and_is_told_of(sent: Stage) -> None:
    world = sent.world
    world.enrolments.rows["grace", "broken"] = replace(
        world.enrolments.rows[enrolment_key(world)], lead="grace", id="broken", journey="gone"
    )
    due(world, ("grace", "broken"), MONDAY)
    due(world, enrolment_key(world), MONDAY + timedelta(seconds=1))

    failed = world.sweeping()(lambda: 60.0)

    assert list(failed) == ["grace/E#broken"]
    assert world.enrolments.rows[enrolment_key(world)].generation == 2


def test_a_sweep_that_runs_out_of_time_is_armed_at_once(sent: Stage) -> None:
    world = sent.world
    due(world, enrolment_key(world), MONDAY)

    world.sweeping()(lambda: 1.0)

    assert world.alarm.at == world.clock.now()
    assert world.enrolments.rows[enrolment_key(world)].generation == 1


def test_resumed_it_starts_a_new_run_with_what_is_left_of_the_wait(sent: Stage) -> None:
    world = sent.world
    world.clock.advance(days=1)

    assert world.resuming()(Resume(lead=LEAD, enrolment=enrolment_key(world)[1]))

    name = f"{enrolment_key(world)[1]}-2"
    left = 3 * 86400 - 86400 - 60
    stored = world.enrolments.rows[enrolment_key(world)]
    assert world.runs.started[name] == Run(enrolment=stored, timeout=left)
    assert f"{enrolment_key(world)[1]}-1" in world.runs.stopped


def test_a_mail_that_never_went_is_waited_for_in_full_once_it_goes(stage: Stage) -> None:
    """SES was paused for longer than the wait's limit: the lead has seen nothing yet."""
    world = stage.world
    world.playbook.without_limits()
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=1))
    world.mailer.answers = [Transient("SendingPausedException")] * TRIES
    stage.advance(MONDAY + timedelta(days=9))
    assert world.enrolments.rows[enrolment_key(world)].status is EnrolmentStatus.STUCK

    world.resuming()(Resume(lead=LEAD, enrolment=enrolment_key(world)[1]))
    stage.advance(MONDAY + timedelta(days=11))

    assert world.mailer.mails() == ["guide", "case-study"]


def test_the_new_run_is_started_before_the_old_one_is_stopped(sent: Stage) -> None:
    """Stopping only saves money, and may fail: the old run's steps are refused anyway."""
    sent.world.resuming()(Resume(lead=LEAD, enrolment=enrolment_key(sent.world)[1]))

    assert sent.world.writes.log[-3:] == ["enrolments.next_generation", "runs.start", "runs.stop"]


def test_a_resumed_journey_ends_as_it_would_have(sent: Stage) -> None:
    sent.world.clock.advance(days=1)
    sent.world.resuming()(Resume(lead=LEAD, enrolment=enrolment_key(sent.world)[1]))

    sent.advance(END)

    assert sent.world.mailer.mails() == ["guide", "case-study", "reminder", "_hand_off"]
    reminder = sent.world.enrolments.rows[enrolment_key(sent.world)].claims["reminder"]
    assert reminder.at == MONDAY + timedelta(days=5)


def test_the_click_answers_the_resumed_run(sent: Stage) -> None:
    sent.world.clock.advance(hours=3)
    sent.world.resuming()(Resume(lead=LEAD, enrolment=enrolment_key(sent.world)[1]))
    sent.settle()

    sent.follow(sent.world.mailer.sent[-1])
    sent.advance(END)

    assert "invitation" in sent.world.mailer.mails()


def test_a_stuck_enrolment_is_resumed_where_it_stands(stage: Stage) -> None:
    world = stage.world
    world.renderer.broken.add(LEAD)
    stage.post(ADA)
    stage.settle()
    assert stage.machine.stuck == ["ZeroDivisionError"]
    assert world.enrolments.rows[enrolment_key(world)].status is EnrolmentStatus.STUCK
    assert world.enrolments.rows[enrolment_key(world)].reason == "ZeroDivisionError"

    world.renderer.broken.clear()
    world.resuming()(Resume(lead=LEAD, enrolment=enrolment_key(world)[1]))
    stage.advance(END)

    assert world.mailer.mails() == ["guide", "case-study", "reminder", "_hand_off"]


def test_a_closed_enrolment_is_not_resumed(sent: Stage) -> None:
    sent.advance(END)

    assert not sent.world.resuming()(Resume(lead=LEAD, enrolment=enrolment_key(sent.world)[1]))


def test_a_crash_between_renewal_and_start_leaves_it_due(sent: Stage) -> None:
    world = sent.world
    due(world, enrolment_key(world), MONDAY)
    world.writes.crash_at = 2 * len(world.writes.log) + 1
    with pytest.raises(Crash):
        world.sweeping()(lambda: 60.0)

    sent.survive(lambda: world.sweeping()(lambda: 60.0))
    sent.advance(END)

    assert world.enrolments.rows[enrolment_key(world)].generation == 3
    assert world.due.all() == []
    assert world.mailer.mails() == ["guide", "case-study", "reminder", "_hand_off"]
