import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.unit.playbook.folders import CLIENTS, bakery, edit
from workbench.cli import app


def run(*words: str, clients: Path = CLIENTS) -> Result:
    return CliRunner(env={"COLUMNS": "120"}).invoke(
        app, ["check", *words, "--clients", str(clients)]
    )


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_a_good_folder_says_what_it_holds(environment: str) -> None:
    result = run("bakery", "--env", environment)

    assert result.exit_code == 0
    assert f"bakery ({environment}): 2 forms, " in result.output


def test_mistakes_are_listed_by_file_and_line(tmp_path: Path) -> None:
    edit(bakery(tmp_path), "journeys/welcome.yaml", "- send: reminder", "- sned: reminder")

    result = run("bakery", clients=tmp_path)

    assert result.exit_code == 1
    assert "journeys/welcome.yaml:23" in result.output
    assert "did you mean 'send'?" in result.output
    assert "1 mistake;" in result.output


def test_tools_get_the_mistakes_as_json(tmp_path: Path) -> None:
    edit(bakery(tmp_path), "client.yaml", "Europe/Vienna", "Europe/Viena")

    result = run("bakery", "--json", clients=tmp_path)

    assert result.exit_code == 1
    document = json.loads(result.output)
    assert document["ok"] is False
    assert document["problems"] == [
        {
            "file": "client.yaml",
            "line": 2,
            "path": "zone",
            "text": "there is no time zone 'Europe/Viena'; did you mean 'Europe/Vienna'?",
        }
    ]


def test_tools_get_the_counts_of_a_good_folder_as_json() -> None:
    document = json.loads(run("bakery", "--json").output)

    assert document["ok"] is True
    assert document["counts"]["journey"] >= 2


@pytest.mark.parametrize("client", ["bakrey", "Bakery", "../clients/bakery", ""])
def test_an_unknown_client_is_exit_code_two_with_a_hint(client: str) -> None:
    result = run(client)

    assert result.exit_code == 2
    assert "'bakery'" in result.output


def test_a_folder_without_its_client_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "linden").mkdir()

    result = run("linden", clients=tmp_path)

    assert result.exit_code == 1
    assert "client.yaml:1" in result.output
