"""However long a file is, no more is held of a row than whose it is."""

import tracemalloc
from pathlib import Path

import pytest

from infra.playbook import CompiledClient, compile_client
from tests.bench.importing.files import imported, written

MOST = 400
"""Bytes that each further row may hold: its lead's place in the file, and room to grow."""


@pytest.fixture(scope="module")
def bakery() -> CompiledClient:
    return compile_client(Path("clients/bakery"), environment="dev")


def held(path: Path, rows: int, bakery: CompiledClient) -> int:
    file = written(path / f"{rows}.csv", rows)
    tracemalloc.start()
    imported(file, bakery)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_an_import_holds_little_of_each_row(tmp_path: Path, bakery: CompiledClient) -> None:
    held(tmp_path, 50, bakery)
    few, many = held(tmp_path, 150, bakery), held(tmp_path, 900, bakery)

    assert (many - few) / 750 < MOST


def test_it_tells_what_became_of_every_row(tmp_path: Path, bakery: CompiledClient) -> None:
    found = imported(written(tmp_path / "leads.csv", 400), bakery)

    assert sum(found.told.counts.values()) == found.survey.rows == 400
    assert found.told.counts == {"new": 388, "rejected": 4, "duplicate": 8}
