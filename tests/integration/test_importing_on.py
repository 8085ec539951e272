"""An import that stops on its way, and one that is long: what it goes on with, and when."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from infra.playbook import CompiledClient
from tests.integration.account import Account
from tests.integration.importing import Desk
from workbench.importing.rows import Row
from workbench.importing.starting import queue_for

NAMES = [f"lead{number}@example.com" for number in range(4)]
ROWS = "Mail,At\n" + "".join(f"{name},2026-01-01\n" for name in NAMES)
CONSENTS = "consents: {letters: {basis: consent, at: {column: At}, source: fair, proof: card}}\n"
COLUMNS = f"columns: {{Mail: email}}\n{CONSENTS}"
MINUTE = timedelta(minutes=1)


class PowerCut(Exception):
    pass


@pytest.fixture
def desk(account: Account, bakery: CompiledClient, tmp_path: Path) -> Desk:
    return Desk(account=account, book=bakery, folder=tmp_path)


def cut_off_after_two(rows: Iterable[Row], about: str, _total: int | None) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if about == "importing" and number == 2:
            raise PowerCut
        yield row


@pytest.fixture
def cut_off(desk: Desk) -> Path:
    """A file of four, two of whom were taken."""
    file = desk.write(ROWS, mapping=COLUMNS)
    with pytest.raises(PowerCut):
        desk.importing(file, batch=1, watched=cut_off_after_two)()
    return file


def test_it_goes_on_behind_what_it_has_done(desk: Desk, cut_off: Path) -> None:
    said: list[str] = []

    desk.importing(cut_off, say=said.append)()

    assert said == ["going on behind line 3, where it stopped"]


def test_another_reading_of_the_same_file_begins_anew(desk: Desk, cut_off: Path) -> None:
    said: list[str] = []
    desk.write(ROWS, mapping=COLUMNS.replace("fair", "shop"))

    desk.importing(cut_off, say=said.append)()

    assert said == []


def test_so_does_the_same_file_for_another_client(desk: Desk, cut_off: Path) -> None:
    said: list[str] = []
    desk.where = "harbor-dev"

    desk.importing(cut_off, say=said.append)()

    assert said == []


def test_starts_keep_their_rate_after_a_rest_and_make_up_for_nothing(desk: Desk) -> None:
    file = desk.write(ROWS, mapping=COLUMNS)
    queue = queue_for(desk.reached, desk.book, "wedding", 60)
    with pytest.raises(PowerCut):
        desk.importing(file, batch=1, watched=cut_off_after_two, queue=queue)()
    first, desk.now = desk.now, desk.now + timedelta(days=1)

    queue = queue_for(desk.reached, desk.book, "wedding", 60)
    desk.importing(file, batch=1, queue=queue)()

    queued = [each.parked_until for name in NAMES for each in desk.lead(name).enrolments]
    begun = [at + number * MINUTE for at in (first, desk.now) for number in (1, 2)]
    assert queued == begun


def test_a_long_one_rings_the_sweep_on_its_way(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.importing.doing.RING_EVERY", 2)

    desk.importing(desk.write(ROWS, mapping=COLUMNS), batch=1)()

    on_its_way, at_its_end = 2, 1
    assert desk.sweeps.rung == on_its_way + at_its_end
