"""`coldframe history` on what this machine kept; half a file is none."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.unit.leads.test_leads_command import kept
from tests.unit.replay.nursery import Nursery
from tests.unit.replay.played import pasts
from workbench.cli import app
from workbench.replay.history_file import Writing


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("COLDFRAME_HOME", str(home))
    return home


def history(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["history", "bakery", *arguments])


def test_one_leads_history_is_written(home: Path) -> None:
    kept(home)

    found = history("ada@example.com", "--out", str(home / "ada.jsonl"))

    assert found.exit_code == 0, found.output
    header, ada = map(json.loads, (home / "ada.jsonl").read_text(encoding="utf-8").splitlines())
    assert (header["client"], header["leads"]) == ("bakery", 1)
    assert [each["journey"] for each in ada["enrolments"]] == ["welcome"]
    assert [each["why"] for each in ada["messages"]] == ["quiet_hours"]
    assert sorted(each.name for each in home.iterdir()) == ["ada.jsonl", "up.json"]


def test_a_place_that_is_not_there(home: Path) -> None:
    kept(home)

    found = history("ada@example.com", "--out", str(home / "nowhere" / "ada.jsonl"))

    assert found.exit_code == 2
    assert "can't be written: No such file or directory" in found.stderr


def test_nowhere_to_look(home: Path) -> None:
    found = history("--out", str(home / "all.jsonl"))

    assert found.exit_code == 2
    assert "start `coldframe up`" in found.stderr
    assert not list(home.iterdir())


def test_an_export_that_was_given_up_leaves_nothing(nursery: Nursery, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "all.jsonl").write_text("an older one", encoding="utf-8")
    writing = Writing(folder / "all.jsonl")
    writing.add(pasts(nursery.world)[0])

    writing.give_up()

    assert [each.name for each in folder.iterdir()] == ["all.jsonl"]
    assert (folder / "all.jsonl").read_text(encoding="utf-8") == "an older one"
