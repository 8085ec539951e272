"""What the deployed clients did in three virtual weeks is what today's code decides."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from workbench.cli import app
from workbench.demo.people import ADA

pytestmark = pytest.mark.xdist_group("local cloud")


@pytest.fixture(scope="module")
def home(demos_end: Path, request: pytest.FixtureRequest) -> Path:
    if not demos_end.exists():
        request.getfixturevalue("played")
    return demos_end.parent


def run(home: Path, *arguments: str) -> Result:
    return CliRunner(env={"COLDFRAME_HOME": str(home)}).invoke(app, arguments)


@pytest.mark.parametrize("client", ["bakery", "harbor"])
def test_a_kept_towns_history_replays_without_a_change(home: Path, client: str) -> None:
    file = home / f"{client}.jsonl"

    exported = run(home, "history", client, "--out", str(file))
    replayed = run(home, "replay", client, "--history", str(file))

    assert exported.exit_code == 0, exported.output
    assert "replaced: addresses" in exported.stderr
    assert ADA.address not in file.read_text(encoding="utf-8")
    assert replayed.exit_code == 0, replayed.output
    assert "Every decision is the same." in replayed.stdout


def test_one_leads_history_holds_its_enrolment_and_mails(home: Path) -> None:
    file = home / "ada.jsonl"

    run(home, "history", ADA.client, ADA.address, "--out", str(file), "--with-personal-data")
    header, ada = map(json.loads, file.read_text(encoding="utf-8").splitlines())

    assert header["leads"] == 1
    assert {each["data"].get("address") for each in ada["touchpoints"]} >= {ADA.address}
    assert [each["journey"] for each in ada["enrolments"] if each["journey"]] == ["welcome"]
    assert {each["state"] for each in ada["messages"]} >= {"sent"}


def test_nobody_of_that_address_is_no_history(home: Path) -> None:
    found = run(home, "history", "bakery", "nobody@example.com", "--out", str(home / "no.jsonl"))

    assert found.exit_code == 1
    assert not (home / "no.jsonl").exists()
