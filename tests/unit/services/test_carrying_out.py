"""Decisions are carried out, in any order and as often as they come."""

from datetime import timedelta
from itertools import permutations

import pytest

from coldframe.domain.decision import Decision, DecisionKind
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World
from tests.unit.services.stories import ADA, END


def decided(stage: Stage) -> list[Decision]:
    """Ada asks for the guide and books a tasting a minute later; nothing is carried out yet."""
    stage.post(ADA)
    stage.world.clock.advance(minutes=1)
    stage.book_tasting(ADA)
    return stage.react()


def test_enrol_and_exit_end_alike_in_either_order() -> None:
    ends = []
    for order in permutations(range(2)):
        stage = Stage(World())
        decisions = decided(stage)
        for number in order:
            stage.world.carrying_out()(decisions[number])
        ends.append(stage.world.enrolments.rows)

    [row] = ends[0].values()
    assert ends[0] == ends[1]
    assert (row.status, row.reason, row.started_at) == ("closed", "converted", MONDAY)


def test_a_decision_carried_out_twice_changes_nothing(stage: Stage) -> None:
    decisions = decided(stage)
    for decision in decisions:
        stage.world.carrying_out()(decision)
    rows = dict(stage.world.enrolments.rows)
    started = dict(stage.world.runs.started)

    for decision in reversed(decisions):
        stage.world.carrying_out()(decision)

    assert stage.world.enrolments.rows == rows
    assert stage.world.runs.started == started


def test_the_run_is_started_even_if_the_enrolment_was_put_before(stage: Stage) -> None:
    decisions = decided(stage)
    stage.world.carrying_out()(decisions[0])
    stage.world.runs.started.clear()

    stage.world.carrying_out()(decisions[0])

    assert len(stage.world.runs.started) == 1


def test_it_is_closed_before_its_run_is_stopped(stage: Stage) -> None:
    for decision in decided(stage):
        stage.world.carrying_out()(decision)

    assert stage.world.writes.log[-2:] == ["enrolments.close converted", "runs.stop"]


def test_an_exit_from_before_the_enrolment_ends_nothing(stage: Stage) -> None:
    stage.book_tasting(ADA)
    late = stage.world.stream.records.pop()
    stage.world.clock.advance(hours=1)
    stage.post(ADA)
    stage.settle()

    stage.world.stream.records.append(late)
    stage.advance(END)

    assert stage.world.mailer.mails() == ["guide", "case-study", "reminder", "_hand_off"]


def test_an_exit_of_the_very_instant_of_the_enrolment_ends_it(stage: Stage) -> None:
    stage.post(ADA)
    stage.book_tasting(ADA)
    stage.settle()

    [row] = stage.world.enrolments.rows.values()
    assert (row.status, row.reason) == ("closed", "converted")


def test_two_posts_by_the_same_lead_are_one_enrolment_and_one_guide(stage: Stage) -> None:
    for minute in range(3):
        stage.world.clock.advance(minutes=minute)
        stage.post(ADA, name=f"Ada {minute}")
    stage.advance(MONDAY + timedelta(days=1))

    assert len(stage.world.enrolments.rows) == 1
    assert stage.world.mailer.mails() == ["guide"]
    [profile] = stage.world.profiles.rows.values()
    assert profile.fields["name"].value == "Ada 2"


@pytest.mark.parametrize("times", [2, 30])
def test_the_same_post_again_is_nothing_new(stage: Stage, times: int) -> None:
    for _ in range(times):
        stage.post(ADA)

    assert len(stage.world.touchpoints.rows) == 1


def test_a_date_that_changes_moves_nobody_who_does_not_wait_for_it(stage: Stage) -> None:
    stage.post(ADA)
    stage.settle()
    [row] = stage.world.enrolments.rows.values()
    elsewhere = Decision(
        lead=row.lead,
        id="d",
        kind=DecisionKind.RETIME,
        cause="t",
        at=stage.world.clock.now(),
        journey=row.journey,
        data={"step": f"not {row.step}"},
    )

    stage.world.carrying_out()(elsewhere)

    [after] = stage.world.enrolments.rows.values()
    assert after.generation == row.generation
