"""`coldframe new`: a client's folder to begin with, or a reason why not and nothing written."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from workbench.cli import app

SAID: Mapping[str, str] = {
    "name": "Müller & Söhne: Tools",
    "site": "https://www.acme.example/",
    "sender": "hello@acme.example",
    "owner": "Ada O'Hara",
    "zone": "Europe/Berlin",
    "postal": "Acme, Weg 1 #3, 10115 Berlin",
}


def new(clients: Path, client: str = "acme", *, typed: str = "", **said: str) -> Result:
    options = [part for key, value in {**SAID, **said}.items() for part in (f"--{key}", value)]
    command = ["new", client, "--clients", str(clients), *options]
    return CliRunner().invoke(app, command, input=typed)


def test_a_new_client_is_complete_and_nothing_in_it_is_to_be_mended(tmp_path: Path) -> None:
    begun = new(tmp_path)

    checked = CliRunner().invoke(app, ["check", "acme", "--clients", str(tmp_path)])
    assert (begun.exit_code, checked.exit_code) == (0, 0), begun.output + checked.output
    assert "1 form, 1 journey, 3 mails… all good" in checked.output
    assert all(line in begun.output for line in ("preview acme", "journeys/welcome.yaml"))


def test_its_first_journey_can_be_simulated_at_once(tmp_path: Path) -> None:
    new(tmp_path)
    asked = ["simulate", "acme", "welcome", "--clients", str(tmp_path), "--leads", "20"]
    assert CliRunner().invoke(app, asked).exit_code == 0


def test_what_it_was_told_stands_in_its_mails_unharmed(tmp_path: Path) -> None:
    new(tmp_path)
    folder = tmp_path / "acme"
    assert "Müller &amp; Söhne: Tools" in (folder / "emails/_layout.mjml").read_text("utf-8")
    assert "(https://www.acme.example)" in (folder / "emails/welcome.md").read_text("utf-8")
    assert "@@" not in "".join(path.read_text("utf-8") for path in folder.rglob("*.*"))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"zone": "Mars/Olympus"}, "there is no time zone 'Mars/Olympus'"),
        ({"sender": "hello"}, "'hello' is no mail address"),
        ({"site": "acme.example"}, "write https://www.example.com"),
        ({"site": "https://acme"}, "write https://www.example.com"),
        ({"name": "{{ lead.email }}"}, "can't stand in a mail"),
        ({"owner": "Ada\nBcc: all@acme.example"}, "can't stand in a mail"),
        ({"postal": " "}, "can't stand in a mail"),
    ],
)
def test_what_would_not_do_is_named_and_nothing_is_written(
    tmp_path: Path, wrong: Mapping[str, str], why: str
) -> None:
    refused = new(tmp_path, **wrong)
    assert refused.exit_code == 1
    assert why in refused.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("client", ["Acme", "../acme", "acme tools", "ácme"])
def test_a_folder_has_a_plain_name(tmp_path: Path, client: str) -> None:
    assert "can't name a folder" in new(tmp_path / "clients", client).output
    assert list(tmp_path.iterdir()) == []


def test_a_client_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    new(tmp_path)
    mine = tmp_path / "acme/emails/welcome.md"
    mine.write_text("my own words", "utf-8")

    again = new(tmp_path)

    assert (again.exit_code, mine.read_text("utf-8")) == (1, "my own words")
    assert "is there already" in again.output


def test_without_a_terminal_it_says_what_it_needs(tmp_path: Path) -> None:
    asked = CliRunner().invoke(app, ["new", "acme", "--clients", str(tmp_path), "--name", "Acme"])
    assert asked.exit_code == 1
    assert "say also --site … --sender …" in asked.output
