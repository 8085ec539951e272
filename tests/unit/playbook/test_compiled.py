import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from coldframe.adapters.journey_documents import journey_of
from coldframe.adapters.playbook_documents import mail_of, reactions_of
from coldframe.domain import playbook
from coldframe.domain.form import Form
from infra.playbook import all_clients, compile_client
from tests.unit.playbook.folders import CLIENTS, bakery, edit

ROOT = Path(__file__).parents[3]
NAMES = [folder.name for folder in all_clients(CLIENTS)]

WRITE = """
import sys
from pathlib import Path
from infra.playbook import compile_client
compiled = compile_client(Path(sys.argv[1]), environment="dev")
compiled.write(Path(sys.argv[2]), {name: f"files/{name}" for name in compiled.files})
"""


def written(folder: Path, directory: Path, *, seed: str) -> dict[str, bytes]:
    """The package as another process with another hash seed writes it."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "layers/coldframe/python")])
    subprocess.run(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-c", WRITE, str(folder), str(directory)],
        env={"PYTHONPATH": path, "PYTHONHASHSEED": seed},
        check=True,
    )
    files = [path for path in sorted(directory.rglob("*")) if path.is_file()]
    return {str(path.relative_to(directory)): path.read_bytes() for path in files}


@pytest.mark.parametrize("client", NAMES)
def test_two_runs_write_the_same_bytes(client: str, tmp_path: Path) -> None:
    first = written(CLIENTS / client, tmp_path / "first", seed="1")
    second = written(CLIENTS / client, tmp_path / "second", seed="4711")

    assert first == second
    assert first


@pytest.mark.parametrize("client", NAMES)
def test_what_is_written_is_what_the_domain_reads(client: str, tmp_path: Path) -> None:
    compiled = compile_client(CLIENTS / client, environment="dev")
    package = compiled.write(tmp_path, {name: f"files/{name}" for name in compiled.files})

    def read(name: str, kind: type) -> object:
        return TypeAdapter(kind).validate_json((package / f"{name}.json").read_bytes())

    assert read("client", playbook.Client) == compiled.client
    stored = json.loads((package / "reactions.json").read_text())
    assert reactions_of(stored) == compiled.reactions
    for name, journey in compiled.journeys.items():
        written_out = json.loads((package / f"journeys/{name}.json").read_text())
        assert journey_of(written_out) == journey
    for name, mail in compiled.mails.items():
        assert mail_of(json.loads((package / f"mails/{name}.json").read_text())) == mail
    for name, form in compiled.forms.items():
        assert read(f"forms/{name}", Form) == form


def test_a_stored_file_says_its_type_its_hash_and_where_it_is(tmp_path: Path) -> None:
    compiled = compile_client(CLIENTS / "bakery", environment="dev")
    package = compiled.write(tmp_path, {name: f"files/abc/{name}" for name in compiled.files})

    _, file = json.loads((package / "files.json").read_text())

    assert file["name"] == "cake-guide.pdf"
    assert file["type"] == "application/pdf"
    assert file["key"] == "files/abc/cake-guide.pdf"
    assert len(file["hash"]) == 16
    assert file["forms"] == {"cake-guide": 0}


def test_the_form_leads_into_the_journey_and_a_tasting_out_of_it() -> None:
    reactions = compile_client(CLIENTS / "bakery", environment="dev").reactions

    (entry,) = [each for each in reactions.entries if each.journey == "welcome"]
    (leaving,) = [each for each in reactions.exits if each.journey == "welcome"]
    assert (entry.journey, entry.first) == ("welcome", "cake-guide")
    assert entry.when.matches("form.submitted", {"form": "cake-guide", "fields": {}})
    assert not entry.when.matches("form.submitted", {"form": "newsletter"})
    assert leaving.when.kind == "tasting.booked"
    assert leaving.reason == "converted"


def test_a_wait_is_resolved_by_the_click_it_waits_for() -> None:
    waits = compile_client(CLIENTS / "bakery", environment="dev").reactions.waits
    (wait,) = [each for each in waits if each.journey == "welcome"]

    assert (wait.journey, wait.step) == ("welcome", "case-study")
    assert wait.when.matches("email.clicked", {"mail": "case-study", "link": 0})
    assert not wait.when.matches("email.clicked", {"mail": "cake-guide"})


def test_a_broadcast_is_scheduled_in_the_clients_own_zone() -> None:
    (schedule,) = compile_client(CLIENTS / "bakery", environment="dev").schedules

    assert schedule == ("baking-letter", "cron(0 10 1 * ? *)", "Europe/Vienna")


def test_a_draft_is_checked_but_leads_nobody_anywhere(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, "journeys/welcome.yaml", "status: live", "status: draft")

    compiled = compile_client(folder, environment="dev")

    assert not compiled.machines
    assert not compiled.reactions.entries


def test_the_environment_is_part_of_the_client_and_of_nothing_else() -> None:
    dev, prod = (compile_client(CLIENTS / "bakery", environment=e) for e in ("dev", "prod"))

    assert (dev.client.environment, prod.client.environment) == ("dev", "prod")
    assert dev.templates == prod.templates
    assert dev.machines == prod.machines


def test_clients_are_found_wherever_their_folder_is(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    (tmp_path / "notes").mkdir()

    assert all_clients(tmp_path) == [folder]
