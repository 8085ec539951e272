"""A world and a stage around it, per test."""

import pytest

from tests.fakes.stage import Stage
from tests.fakes.world import World
from tests.unit.services.stories import ADA


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def stage(world: World) -> Stage:
    return Stage(world)


@pytest.fixture
def enrolled(stage: Stage) -> World:
    """Ada asked for the guide; her run is about to begin."""
    stage.post(ADA)
    for decision in stage.react():
        stage.world.carrying_out()(decision)
    stage.world.playbook.without_limits()
    return stage.world
