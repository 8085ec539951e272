import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from infra.playbook import all_clients, compile_client
from infra.playbook.schemas.all import PLACE, SCHEMAS, document, stale
from infra.reading.nodes import Keys, Node
from tests.unit.playbook.folders import CLIENTS
from workbench.cli import app

ROOT = Path(__file__).parents[3]
FILES = sorted(
    (path, name) for name, (files, _) in SCHEMAS.items() for path in CLIENTS.glob(f"*/{files}")
)


def as_editors_read(path: Path) -> Any:
    return plain(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader))


def plain(node: yaml.Node | None) -> Any:
    """By YAML 1.2, as editors do: no dates, no sexagesimal numbers, no `no` for false."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(child) for child in node.value]
    text = str(node.value) if node else ""
    if isinstance(node, yaml.ScalarNode) and node.style is None:
        if text in {"true", "false"}:
            return text == "true"
        if re.fullmatch(r"-?\d+(\.\d+)?", text):
            return float(text) if "." in text else int(text)
    return text


def problems(document: Any, name: str) -> list[str]:
    schema = {**SCHEMAS[name][1]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(document)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name][1])


def test_the_schemas_that_editors_read_are_fresh() -> None:
    assert stale(ROOT / PLACE) == [], "run `coldframe schemas`"


@pytest.mark.parametrize(
    "words",
    [["schemas"], ["journeys", "bakery", "--quiet", "--clients", str(CLIENTS)]],
)
def test_where_nothing_can_be_written_it_says_so(tmp_path: Path, words: list[str]) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", encoding="utf-8")

    refused = CliRunner().invoke(app, [*words, "--out", str(taken / "in it")])

    assert refused.exit_code == 2
    assert "can't write to" in refused.output


@pytest.mark.parametrize(
    ("path", "name"), FILES, ids=[str(path.relative_to(CLIENTS)) for path, _ in FILES]
)
def test_the_example_clients_are_as_their_schemas_say(path: Path, name: str) -> None:
    assert problems(as_editors_read(path), name) == []


@pytest.mark.parametrize(
    ("path", "name"), FILES, ids=[str(path.relative_to(CLIENTS)) for path, _ in FILES]
)
def test_each_file_leads_an_editor_to_its_schema(path: Path, name: str) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]

    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found is not None
    assert (path.parent / found[1]).resolve().read_text(encoding="utf-8") == document(name)


def asked_for(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Schema → the keys that its reader takes at the top of a file."""
    taken: dict[str, set[str]] = {}
    keys = Node.keys

    def listening(
        node: Node, *, needed: Collection[str] = (), optional: Collection[str] = ()
    ) -> Keys:
        for name, (files, _) in SCHEMAS.items():
            if not node.spot.path and Path(node.spot.file).match(files):
                taken[name] = {*needed, *optional}
        return keys(node, needed=needed, optional=optional)

    monkeypatch.setattr(Node, "keys", listening)
    for client in all_clients(CLIENTS):
        compile_client(client, environment="dev")
    return taken


def test_a_schema_knows_the_keys_that_its_reader_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = asked_for(monkeypatch)

    assert {"client", "form", "journey", "broadcast"} <= set(taken)
    for name, keys in taken.items():
        assert set(SCHEMAS[name][1]["properties"]) == keys, name


TYPOS = {
    "a key of a journey": ("journeys/welcome.yaml", "exit_when:", "exit_wen:"),
    "a status": ("journeys/welcome.yaml", "status: live", "status: alive"),
    "a verb": ("journeys/welcome.yaml", "- wait: 2 days", "- wiat: 2 days"),
    "a unit": ("journeys/welcome.yaml", "- wait: 2 days", "- wait: 2 dyas"),
    "a limit": ("journeys/welcome.yaml", "limit: 3 days", "limt: 3 days"),
    "a step of an arm": ("journeys/welcome.yaml", "- send: reminder", "- sned: reminder"),
    "a share": ("journeys/wedding.yaml", "share: 45%", "share: 45"),
    "a word on the past": ("journeys/wedding.yaml", "if_past: go_on", "if_past: goon"),
    "points in words": ("journeys/wedding.yaml", "score: 10", "score: ten"),
    "a key of an arm": ("journeys/wedding.yaml", "label: big-day", "lable: big-day"),
    "a key of the client": ("client.yaml", "postal:", "postel:"),
    "a cap": ("client.yaml", "{mails: 3, days: 7}", "{mails: 0, days: 7}"),
    "a webhook's address": ("client.yaml", "url: https://", "url: http://"),
    "a type of field": ("fields.yaml", "type: number", "type: nummer"),
    "an event's name": ("events.yaml", "tasting.booked:", "Tasting booked:"),
    "a key of a form": ("forms/cake-guide.yaml", "submit:", "sumbit:"),
    "a key of a broadcast": ("broadcasts/baking-letter.yaml", "schedule:", "shedule:"),
}


@pytest.mark.parametrize(("file", "old", "new"), TYPOS.values(), ids=TYPOS)
def test_an_editor_sees_a_typo_while_it_is_made(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    text = (CLIENTS / "bakery" / file).read_text(encoding="utf-8")
    assert old in text
    spoilt = tmp_path / "spoilt.yaml"
    spoilt.write_text(text.replace(old, new, 1), encoding="utf-8")
    (name,) = [name for name, (files, _) in SCHEMAS.items() if Path(file).match(files)]

    assert problems(as_editors_read(spoilt), name)
