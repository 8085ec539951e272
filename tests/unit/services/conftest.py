"""A world and a stage around it, per test."""

import pytest

from tests.fakes.stage import Stage
from tests.fakes.world import World

pytest.register_assert_rewrite("tests.contracts")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def stage(world: World) -> Stage:
    return Stage(world)
