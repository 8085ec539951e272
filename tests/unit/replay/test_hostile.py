"""Files that are no history, or not this one's: a clear word, and where."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.world import lead_of
from tests.unit.replay.nursery import ADA, Nursery
from tests.unit.replay.test_edits import WELCOME, replay
from workbench.replay.in_words import printable


@pytest.fixture
def history(nursery: Nursery) -> Path:
    return nursery.export(nursery.clients / "history.jsonl")


def edit(path: Path, line: int, change: Callable[[dict[str, Any]], object]) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    told = json.loads(lines[line - 1])
    change(told)
    lines[line - 1] = json.dumps(told)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def refused(nursery: Nursery, history: Path) -> str:
    found = replay(nursery, history)
    assert found.exit_code == 2, found.output
    assert not found.stdout
    assert found.exception is None or isinstance(found.exception, SystemExit)
    return found.stderr


def test_a_file_that_is_not_there(nursery: Nursery) -> None:
    assert "nowhere.jsonl can't be read: No such file" in refused(nursery, Path("nowhere.jsonl"))


def test_a_folder(nursery: Nursery) -> None:
    assert "can't be read: Is a directory" in refused(nursery, nursery.clients)


@pytest.mark.parametrize("content", [b"", b"\n", b"no JSON", b"[]", b"\xff\xfe", b"{}", b"7"])
def test_what_is_no_history(nursery: Nursery, history: Path, content: bytes) -> None:
    history.write_bytes(content)

    assert "line 1: no header of a history" in refused(nursery, history)


def test_another_version(nursery: Nursery, history: Path) -> None:
    edit(history, 1, lambda told: told.update(version=2))

    assert "line 1: a history of version 2, but this coldframe reads" in refused(nursery, history)


def test_another_clients(nursery: Nursery, history: Path) -> None:
    edit(history, 1, lambda told: told.update(client="harbor"))

    told = refused(nursery, history)
    assert "line 1: this is a history of 'harbor', not of 'nursery'" in told


def test_a_line_that_is_no_json(nursery: Nursery, history: Path) -> None:
    lines = history.read_bytes().splitlines(keepends=True)
    history.write_bytes(b"".join([*lines[:2], b'{"lead": \n', *lines[3:]]))

    assert "line 3: Invalid JSON" in refused(nursery, history)


def test_a_line_that_lacks_something_says_where_and_tells_no_value(
    nursery: Nursery, history: Path
) -> None:
    def spoil(told: dict[str, Any]) -> None:
        told["touchpoints"][0]["received_at"] = "secret"

    edit(history, 2, spoil)

    told = refused(nursery, history)
    assert "line 2: touchpoints.0.received_at: Input should be a valid datetime" in told
    assert "secret" not in told


def test_an_instant_without_a_zone(nursery: Nursery, history: Path) -> None:
    edit(history, 2, lambda told: told.update(at="2026-12-06T10:00:00"))

    assert "line 2: " in refused(nursery, history)


def test_a_file_that_was_cut_off(nursery: Nursery, history: Path) -> None:
    lines = history.read_bytes().splitlines(keepends=True)
    history.write_bytes(b"".join(lines[:3]))

    assert "the file ends after 2 of 3 leads: it was cut off" in refused(nursery, history)


def test_a_lead_that_is_there_twice(nursery: Nursery, history: Path) -> None:
    lines = history.read_bytes().splitlines(keepends=True)
    history.write_bytes(b"".join([*lines[:2], lines[1], lines[3]]))

    assert f"line 3: the lead {lead_of(ADA)} is here twice" in refused(nursery, history)


def test_a_touchpoint_of_another_lead(nursery: Nursery, history: Path) -> None:
    def spoil(told: dict[str, Any]) -> None:
        told["touchpoints"][0]["lead"] = "somebody"

    edit(history, 2, spoil)

    assert "is of another lead" in refused(nursery, history)


def test_brackets_without_end(nursery: Nursery, history: Path) -> None:
    lines = history.read_bytes().splitlines(keepends=True)
    deep = b'{"lead": "x", "known": ' + b"[" * 100_000 + b"\n"
    history.write_bytes(b"".join([lines[0], deep, *lines[2:]]))

    assert "line 2: Invalid JSON" in refused(nursery, history)


def test_a_touchpoint_that_cannot_be_reacted_to_is_told(nursery: Nursery, history: Path) -> None:
    def spoil(told: dict[str, Any]) -> None:
        del told["touchpoints"][0]["data"]["fields"]

    edit(history, 2, spoil)

    found = replay(nursery, history)

    assert found.exit_code == 1
    assert "read → KeyError" in found.stdout


def test_a_condition_that_asks_for_what_was_replaced(nursery: Nursery, history: Path) -> None:
    nursery.edit(WELCOME, "seats >= 50", 'first_name == "Ada"')

    told = refused(nursery, history)
    assert "asks for the field first_name, whose values were replaced in this history" in told


def test_a_folder_with_mistakes(nursery: Nursery, history: Path) -> None:
    nursery.edit(WELCOME, "limit: 5 days", "limit: soon")

    assert "nursery has mistakes; nothing is replayed" in refused(nursery, history)


def test_an_unknown_client(nursery: Nursery, history: Path) -> None:
    nursery.folder.rename(nursery.clients / "nursary")

    assert "did you mean 'nursary'?" in refused(nursery, history)


def test_nothing_in_a_file_steers_the_terminal() -> None:
    assert printable("\x1b[2Jada\u202e@example.com") == "�[2Jada�@example.com"
