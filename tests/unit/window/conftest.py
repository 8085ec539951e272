from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.fakes.town.people import moved_in
from tests.fakes.town.town import FakeTown
from workbench.window.app import create_app


@pytest.fixture
def empty() -> Iterator[FakeTown]:
    town = FakeTown()
    yield town
    town.close()


@pytest.fixture
def town(empty: FakeTown) -> FakeTown:
    return moved_in(empty)


@pytest.fixture
def browser(town: FakeTown) -> Iterator[TestClient]:
    with TestClient(create_app(town), base_url="http://127.0.0.1") as client:
        yield client
