"""What is concluded of a lead moves it: by deeds, by the clock, and when records get lost."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

import pytest

from coldframe.domain.event_match import EventMatch
from coldframe.domain.playbook import Entry, Reactions
from coldframe.domain.touchpoint import SEGMENT_ENTERED
from infra.playbook.conditions.built_in import catalogue
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import REACTIONS
from tests.fakes.stage import Stage
from tests.fakes.world import World
from tests.unit.knowing.living import reactions_of

ADA = "ada@example.com"
QUIET = {"inactive_30": "since(last_seen) >= days(30)", "engaged": 'did("form.submitted") >= 2'}


def knowing(segments: dict[str, str], *, enters: str = "") -> Reactions:
    known = reactions_of(segments, catalogue(segments=tuple(segments)))
    when = EventMatch(kind=SEGMENT_ENTERED, where={"segment": enters})
    entry = Entry(journey="welcome", first="guide", when=when)
    return replace(
        REACTIONS,
        memory=known.memory,
        knowing=known.knowing,
        needs=known.needs,
        entries=(entry,) if enters else (),
        exits=(),
    )


def stage_with(reactions: Reactions, *, order: Random | None = None) -> Stage:
    world = World()
    world.playbook.without_limits().rules = reactions
    return Stage(world, order=order)


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_the_clock_alone_starts_a_journey(seed: int | None) -> None:
    order = None if seed is None else Random(seed)  # noqa: S311 - a shuffle
    stage = stage_with(knowing(QUIET, enters="inactive_30"), order=order)
    lead = stage.post(ADA)

    stage.advance(MONDAY + timedelta(days=30) - timedelta(minutes=1))
    assert stage.mails() == []
    stage.advance(MONDAY + timedelta(days=30, minutes=3))

    assert [(who, mail) for who, mail, _ in stage.mails()] == [(lead, "guide")]
    assert set(stage.world.profiles.rows[lead].standing.segments) == {"inactive_30"}


def test_a_tick_that_got_lost_is_given_again() -> None:
    """By whichever sweep comes an hour later or more: the daily one at the latest."""
    stage = stage_with(knowing(QUIET))
    lead = stage.post(ADA)
    stage.settle()
    world = stage.world
    world.clock.at = MONDAY + timedelta(days=30)
    world.sweeping()(lambda: 60.0)
    world.stream.records.clear()

    world.clock.at += timedelta(hours=2)
    world.sweeping()(lambda: 60.0)
    stage.settle()

    assert set(world.profiles.rows[lead].standing.segments) == {"inactive_30"}


def test_nobody_is_swept_before_time_may_change_anything() -> None:
    stage = stage_with(knowing(QUIET))
    stage.post(ADA)

    stage.advance(MONDAY + timedelta(days=29))

    assert not [each for each in stage.world.touchpoints.rows.values() if each.kind == "tick"]


def test_after_a_change_of_definitions_everybody_is_walked_by_once_and_nobody_is_mailed() -> None:
    stage = stage_with(knowing({"engaged": 'did("form.submitted") >= 9'}))
    leads = [stage.post(f"ada{number}@example.com") for number in range(60)]
    stage.settle()
    world = stage.world
    world.playbook.rules = knowing({"asked": 'did("form.submitted") >= 1'}, enters="asked")

    times = iter([60.0] * 31 + [5.0] + [60.0] * 200)
    walks = [
        stage.survive(lambda: world.relearning()(lambda: next(times), time_to_end=10.0))
        for _ in range(3)
    ]

    assert walks == [31, 29, 0]
    assert {tuple(world.profiles.rows[lead].standing.segments) for lead in leads} == {("asked",)}
    stage.settle()
    assert stage.mails() == []
    assert not [each for each in world.touchpoints.rows.values() if "segment" in each.kind]
    assert world.alarm.at == world.clock.now() + timedelta(minutes=1)


def test_a_walk_that_dies_anywhere_goes_on_to_the_end() -> None:
    points = 0
    for point in range(400):
        stage = stage_with(knowing({"engaged": 'did("form.submitted") >= 9'}))
        leads = [stage.post(f"ada{number}@example.com") for number in range(28)]
        stage.settle()
        world = stage.world
        world.playbook.rules = knowing({"asked": "since(last_seen) < days(30)"})
        world.writes.crash_at = world.writes.points + point

        stage.survive(partial(world.relearning(), lambda: 60.0, time_to_end=10.0))
        points += 1
        inside = [set(world.profiles.rows[lead].standing.segments) for lead in leads]

        assert inside == [{"asked"}] * 28
        assert world.alarm.at is not None
        assert world.alarm.at <= MONDAY + timedelta(days=30)
        if world.writes.crash_at is not None:
            break
    assert points > 60


def test_other_definitions_are_learned_with_the_next_thing_a_lead_does() -> None:
    stage = stage_with(knowing({"engaged": 'did("form.submitted") >= 9'}))
    lead = stage.post(ADA)
    stage.settle()
    stage.world.clock.advance(hours=1)
    stage.world.playbook.rules = knowing({"asked": 'did("form.submitted") >= 1'}, enters="asked")

    stage.book_tasting(ADA)
    stage.settle()

    assert set(stage.world.profiles.rows[lead].standing.segments) == {"asked"}
    assert stage.mails() == []
    assert not [each for each in stage.world.touchpoints.rows.values() if "segment" in each.kind]
