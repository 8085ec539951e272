import json
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner

from infra.playbook import CompiledClient, compile_client
from tests.unit.playbook.folders import bakery, edit, mistakes
from workbench.cli import app
from workbench.journeys.changes import Change, changes, retirable

WELCOME = "journeys/welcome.yaml"
REMINDER = "      - send: reminder\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return bakery(tmp_path)


@pytest.fixture
def before(folder: Path, tmp_path: Path) -> CompiledClient:
    return compile_client(copytree(folder, tmp_path / "deployed" / "bakery"), environment="dev")


def found(before: CompiledClient, folder: Path) -> dict[str, Change]:
    return {
        each.step or each.journey: each
        for each in changes(before, compile_client(folder, environment="dev"))
    }


def run(folder: Path, *words: str) -> tuple[int, str]:
    deployed = folder.parent / "deployed" / "bakery"
    result = CliRunner(env={"COLUMNS": "200"}).invoke(
        app,
        ["diff", "bakery", "--clients", str(folder.parent), "--against", str(deployed), *words],
    )
    return result.exit_code, result.output


def test_nothing_is_said_where_nothing_changed(before: CompiledClient, folder: Path) -> None:
    assert found(before, folder) == {}
    assert run(folder) == (0, "Nothing changes for leads in flight.\n")


def test_a_longer_wait_leaves_the_instants_of_those_who_wait(
    before: CompiledClient, folder: Path
) -> None:
    edit(folder, WELCOME, "wait: 2 days", "wait: 4 days")

    change = found(before, folder)["cake-guide"]

    assert change.what == "pauses otherwise: Wait 2 days → Wait 4 days"
    assert change.leads.startswith("who wait already keep the instant they were given")


def test_a_changed_mail_goes_to_who_has_not_been_sent_it(
    before: CompiledClient, folder: Path
) -> None:
    edit(folder, "emails/reminder.md", "Rosa Lindner", "Rosa")

    change = found(before, folder)[""]

    assert change.what == "mail 'reminder' says something else"
    assert "nobody gets it twice" in change.leads


def test_a_deleted_step_must_be_retired_before_it_is_deployed(
    before: CompiledClient, folder: Path
) -> None:
    edit(folder, WELCOME, REMINDER, "      - send: reminder\n        id: letter\n")

    assert found(before, folder)["reminder"].danger
    assert run(folder)[0] == 1

    code, told = run(folder, "--retire")

    assert code == 0
    assert "it is retired; whoever got 'reminder' there doesn't get it again" in told
    journey = compile_client(folder, environment="dev").journeys["welcome"]
    assert journey.retired == ("reminder",)
    assert journey.steps["reminder"].next == "hand-off"


def test_a_retired_step_can_still_be_entered_by_a_run(before: CompiledClient, folder: Path) -> None:
    assert before
    edit(folder, WELCOME, REMINDER, "      - send: reminder\n        id: letter\n")
    run(folder, "--retire")

    states = compile_client(folder, environment="dev").machines["welcome"]["States"]

    assert states["reminder"]["Next" if "Next" in states["reminder"] else "End"]
    assert "{% $states.input.step = 'reminder' %}" in {
        rule["Condition"] for rule in states["Enter"]["Choices"]
    }


def test_a_retired_step_keeps_its_mail(before: CompiledClient, folder: Path) -> None:
    assert before
    edit(folder, WELCOME, REMINDER, "      - send: tasting-invitation\n        id: letter\n")
    run(folder, "--retire")
    (folder / "emails/reminder.md").unlink()

    (told,) = mistakes(folder)

    assert "its retired step 'reminder' still sends 'reminder'" in told


def test_a_step_that_no_lead_can_reach_is_not_retired(before: CompiledClient, folder: Path) -> None:
    edit(folder, WELCOME, REMINDER, "      - send: reminder\n        id: letter\n")
    old = before.journeys["welcome"]
    now = compile_client(folder, environment="dev").journeys["welcome"]

    assert retirable(old, now, {"case-study": 3}) == ["reminder"]
    assert retirable(old, now, {"tasting-invitation": 3, "hand-off": 1}) == []
    assert retirable(old, now, None) == ["reminder"]


def test_who_migrates_goes_on_at_the_step_that_takes_its_place(
    before: CompiledClient, folder: Path
) -> None:
    edit(
        folder,
        WELCOME,
        "re_enter: never\n",
        "re_enter: never\nedits: migrate\nmoved: {reminder: letter}\n",
    )
    edit(folder, WELCOME, REMINDER, "      - send: reminder\n        id: letter\n")

    change = found(before, folder)["reminder"]

    assert not change.danger
    assert change.leads.startswith("go on at 'letter'")
    journey = compile_client(folder, environment="dev").journeys["welcome"]
    assert journey.moved == {"reminder": "letter"}


def test_a_journey_that_is_gone_is_a_danger_and_one_that_closes_is_not(
    before: CompiledClient, folder: Path
) -> None:
    edit(folder, WELCOME, "status: live", "status: closing")
    assert found(before, folder)["welcome"].leads.startswith("they go on to the end")

    (folder / WELCOME).unlink()

    assert found(before, folder)["welcome"].danger


def test_tools_get_the_changes_as_json(before: CompiledClient, folder: Path) -> None:
    assert before
    edit(folder, WELCOME, "wait: 2 days", "wait: 4 days")

    code, told = run(folder, "--json")

    assert code == 0
    assert [each["step"] for each in json.loads(told)["changes"]] == ["cake-guide"]


@pytest.mark.parametrize("revision", ["no-such-revision", "--output=taken-for-an-option"])
def test_a_revision_that_is_none_is_exit_code_two(folder: Path, revision: str) -> None:
    result = CliRunner().invoke(
        app, ["diff", "bakery", "--clients", str(folder.parent), "--against", revision]
    )

    assert result.exit_code == 2
    assert "no folder and no git revision" in result.output
