"""What holds for every command alike."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from workbench.cli import app


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", {})
    if not below:
        yield " ".join(path), command
    for name, each in below.items():
        yield from _commands(each, (*path, name))


COMMANDS = dict(_commands(typer.main.get_command(app)))
WITH_ENVIRONMENT = [
    name for name, command in COMMANDS.items() if any(each.name == "env" for each in command.params)
]


@pytest.mark.parametrize("command", WITH_ENVIRONMENT)
def test_a_mistyped_environment_is_refused_naming_the_ones_there_are(command: str) -> None:
    result = CliRunner(env={"COLUMNS": "120"}).invoke(app, [*command.split(), "--env", "prodd"])

    assert result.exit_code == 2
    assert "'dev', 'staging', 'prod'" in result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_each_of_its_options_says_what_it_is_for(command: str) -> None:
    about = COMMANDS[command]

    assert about.help
    assert [each.name for each in about.params if not each.help] == []


def test_an_account_without_a_region_is_asked_for_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))

    result = CliRunner().invoke(app, ["doctor", "bakery"])

    assert result.exit_code == 2
    assert "name the account's credentials with --profile" in result.output
