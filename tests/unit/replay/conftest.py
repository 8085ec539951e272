from pathlib import Path

import pytest

from tests.unit.replay.nursery import Nursery


@pytest.fixture
def nursery(tmp_path: Path) -> Nursery:
    return Nursery(tmp_path / "clients")
