from pathlib import Path

import pytest

from tests.unit.simulate.garden import garden


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return garden(tmp_path_factory.mktemp("clients"))
