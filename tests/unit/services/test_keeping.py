"""What a field says of how long its value is kept holds: also in the touchpoints that told it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from coldframe.domain.conditions.nodes import Type
from coldframe.domain.touchpoint import FORM_SUBMITTED, SEGMENT_LEFT
from infra.playbook.conditions.built_in import catalogue
from infra.playbook.conditions.catalogue import FieldSpec
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import REACTIONS
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.knowing.living import reactions_of
from tests.unit.services.stories import ADA, WORK

DAY = 24 * 60 * 60
KEPT = {"phone": 30 * DAY, "name": 90 * DAY}
A = lead_of(ADA)


@pytest.fixture
def stage() -> Stage:
    fields = [FieldSpec(name="phone", type=Type.TEXT)]
    known = reactions_of({"callable": "phone is known"}, catalogue(fields=fields))
    world = World()
    world.playbook.rules = replace(
        REACTIONS,
        entries=(),
        memory=known.memory,
        knowing=known.knowing,
        needs=known.needs,
        keep=KEPT,
    )
    return Stage(world)


def told(stage: Stage) -> list[dict[str, Any]]:
    rows = stage.world.touchpoints.rows.values()
    return [dict(row.data["fields"]) for row in rows if row.kind == FORM_SUBMITTED]


def test_a_value_is_gone_on_its_day_from_the_profile_and_from_what_told_it(stage: Stage) -> None:
    stage.post(ADA, phone="+41 79 000 00 00", name="Ada")

    stage.advance(MONDAY + timedelta(days=30) - timedelta(minutes=1))
    assert set(stage.world.profiles.rows[A].fields) == {"email", "phone", "name"}
    stage.advance(MONDAY + timedelta(days=30, minutes=3))

    assert set(stage.world.profiles.rows[A].fields) == {"email", "name"}
    assert [sorted(each) for each in told(stage)] == [["email", "name"]]


def test_what_is_said_again_is_kept_from_then_on(stage: Stage) -> None:
    stage.post(ADA, phone="+41 79 000 00 00")
    stage.advance(MONDAY + timedelta(days=20))
    stage.post(ADA, phone="+41 79 111 11 11")

    stage.advance(MONDAY + timedelta(days=40))
    assert stage.world.profiles.rows[A].fields["phone"].value == "+41 79 111 11 11"
    stage.advance(MONDAY + timedelta(days=51))

    assert "phone" not in stage.world.profiles.rows[A].fields
    assert not any("phone" in each for each in told(stage))


def test_who_is_known_by_it_no_longer_leaves_the_segment_that_day(stage: Stage) -> None:
    stage.post(ADA, phone="+41 79 000 00 00")

    stage.advance(MONDAY + timedelta(days=31))

    rows = stage.world.touchpoints.rows.values()
    (left,) = (row for row in rows if row.kind == SEGMENT_LEFT)
    assert left.occurred_at == MONDAY + timedelta(days=30)


def test_late_news_of_it_brings_nothing_back(stage: Stage) -> None:
    stage.post(ADA, phone="+41 79 000 00 00")
    first = next(iter(stage.world.touchpoints.rows.values()))
    stage.advance(MONDAY + timedelta(days=31))

    late = replace(first, id="2026-11-16#late", received_at=stage.world.clock.now())
    stage.world.touchpoints.append(late)
    stage.settle()

    assert "phone" not in stage.world.profiles.rows[A].fields
    assert not any("phone" in each for each in told(stage))


def test_it_is_gone_from_all_identities_of_a_person(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(hours=1))
    stage.post(WORK, phone="+41 79 000 00 00")
    stage.merge(ADA, WORK)

    stage.advance(MONDAY + timedelta(days=32))

    assert not any("phone" in each for each in told(stage))


def test_a_merge_lets_nothing_live_on_whose_time_is_over(stage: Stage) -> None:
    """The sweep that would have seen to it hadn't come yet."""
    stage.post(ADA)
    stage.post(WORK, phone="+41 79 000 00 00")
    stage.settle()
    stage.world.clock.at = MONDAY + timedelta(days=31)
    stage.merge(ADA, WORK)
    stage.settle()

    assert "phone" not in stage.world.profiles.rows[A].fields
    assert not any("phone" in each for each in told(stage))


@pytest.mark.parametrize("point", range(12))
def test_a_crash_on_that_day_leaves_nothing_behind(stage: Stage, point: int) -> None:
    stage.post(ADA, phone="+41 79 000 00 00")
    stage.advance(MONDAY + timedelta(days=29))
    stage.world.writes.crash_at = 2 * len(stage.world.writes.log) + point

    stage.advance(MONDAY + timedelta(days=31))

    assert "phone" not in stage.world.profiles.rows[A].fields
    assert not any("phone" in each for each in told(stage))
