"""A wait for an event whose limit was over before its run came back to it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.errors import Parked
from coldframe.domain.touchpoint import record
from coldframe.services.steps import StepCommand
from tests.fakes.clock import MONDAY
from tests.fakes.runs import TokenAnswer
from tests.fakes.world import World
from tests.unit.services.on_tour import LEAD, on_tour, stands

LIMIT = timedelta(days=45)


@pytest.fixture
def world() -> World:
    return on_tour()


def looks(world: World, token: str) -> StepCommand:
    return replace(stands(world, "look"), token=token)


def parked(world: World) -> None:
    world.messaging()(looks(world, "t1"))
    assert world.waits.answers["t1"].error == Parked.__name__


def resumed(world: World) -> TokenAnswer:
    world.sweeping()(lambda: 60.0)
    world.messaging()(looks(world, "t2"))
    return world.waits.answers["t2"]


def looked(world: World, after: timedelta) -> None:
    at = MONDAY + after
    told = record(
        lead=LEAD,
        kind="tasting.looked-at",
        source="till",
        received_at=at,
        occurred_at=at,
        data={},
        own_id="1",
    )
    world.touchpoints.append(told)


def test_nothing_came_and_the_run_goes_its_other_way_at_once(world: World) -> None:
    parked(world)
    world.clock.at = MONDAY + LIMIT

    assert resumed(world).error == "Elapsed"


def test_what_came_just_before_the_limit_still_counts(world: World) -> None:
    parked(world)
    looked(world, LIMIT - timedelta(seconds=1))
    world.clock.at = MONDAY + LIMIT + timedelta(minutes=5)

    assert resumed(world).event == "tasting.looked-at"


def test_what_came_after_the_limit_is_too_late_however_late_the_sweep_is(world: World) -> None:
    parked(world)
    looked(world, LIMIT + timedelta(seconds=1))
    world.clock.at = MONDAY + LIMIT + timedelta(days=1)

    assert resumed(world).error == "Elapsed"
