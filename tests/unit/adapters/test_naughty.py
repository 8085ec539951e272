"""Every naughty string as a lead's name: in mails and in exports it is text, and nothing else."""

import csv
import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.renderer import JinjaRenderer
from coldframe.domain.answers import FieldProblem, text_in
from coldframe.domain.message import RenderedMail
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from infra.playbook import compile_client
from tests.unit.adapters.keyring import Vault
from workbench.exporting.file import Format, Leads
from workbench.importing.spreadsheets import whole

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "input" / "blns.json"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MAIL = "cake-guide"
pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="the strings are not here")


def naughty() -> list[str]:
    """As they are kept; what can't be kept is refused at the door."""
    kept = []
    for text in json.loads(SAMPLES.read_text("utf-8")) if SAMPLES.exists() else []:
        try:
            kept.append(text_in(text))
        except FieldProblem:
            continue
    return [each for each in dict.fromkeys(kept) if each]


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> tuple[JinjaRenderer, CompiledPlaybook]:
    compiled = compile_client(Path("clients/bakery"), environment="dev")
    folder = tmp_path_factory.mktemp("playbook")
    book = CompiledPlaybook(compiled.write(folder, {name: name for name in compiled.files}))
    return JinjaRenderer(book, Vault().links(), "https://go.lindenbakery.example"), book


class Tags(HTMLParser):
    """What a mailbox makes of a mail: its tags with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_no_naughty_string_gets_out_of_a_mail(
    renderer: tuple[JinjaRenderer, CompiledPlaybook],
) -> None:
    plain = Tags(rendered(renderer, "Ada").html or "").tags
    strings = naughty()

    for name in strings:
        mail = rendered(renderer, name)
        assert Tags(mail.html or "").tags == plain, name
        assert not re.search(r"[\r\n\x00]", mail.subject), name
        assert len(mail.text.splitlines()) < 200, name
        for head, value in mail.headers:
            assert "\n" not in f"{head}{value}", name
    assert len(strings) > 400


def rendered(made: tuple[JinjaRenderer, CompiledPlaybook], name: str) -> RenderedMail:
    render, book = made
    fields = {"first_name": Known(value=name, at=NOW, by="t")}
    lead = Profile(lead="1" * 26, address="ada@example.com", created_at=NOW, fields=fields)
    return render.render(
        book.mail(MAIL), profile=lead, client=book.client(), message="2" * 26, journey="welcome"
    )


def test_an_export_tells_each_as_it_is_and_executes_none(tmp_path: Path) -> None:
    strings = naughty()
    file = Leads(path=tmp_path / "out.csv", format=Format.CSV, columns=("first_name",))
    file.begin()
    for name in strings:
        file.add({"first_name": name})
    file.keep("")

    with file.path.open(encoding="utf-8", newline="") as text:
        _, *rows = csv.reader(text)

    assert [whole(cell, ours=True) for (cell,) in rows] == strings
    numbers = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
    assert not [cell for (cell,) in rows if cell[:1] in "=+-@\t\r" and not numbers.fullmatch(cell)]
