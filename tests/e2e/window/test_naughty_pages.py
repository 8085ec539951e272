"""Naughty strings in the pages and mails that leads see: a real browser executes none of them.

Without the pages' own policies: what keeps them harmless is how they are written.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.renderer import JinjaRenderer
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from coldframe.entrypoints.form_page import form_page, thanks_page
from infra.playbook import compile_client
from tests.unit.adapters.keyring import Vault

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

pytestmark = pytest.mark.xdist_group("window")
SAMPLES = Path(__file__).parents[4] / "shared/data/input/blns.json"
NAUGHTY = json.loads(SAMPLES.read_text("utf-8")) if SAMPLES.exists() else []
OF_SCRIPTS = [text for text in NAUGHTY if any(sign in text for sign in "<>&'\"`(")]
EXECUTABLE = """[...document.querySelectorAll("*")].filter(each =>
  ["SCRIPT", "IFRAME", "OBJECT", "EMBED", "BASE"].includes(each.tagName)
  || [...each.attributes].some(({name, value}) =>
    name.startsWith("on") || /^\\s*javascript:/i.test(value) && name !== "value")).length"""
"""What would run, or might, if the reader did something."""
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> CompiledPlaybook:
    compiled = compile_client(Path("clients/bakery"), environment="dev")
    folder = tmp_path_factory.mktemp("playbook")
    return CompiledPlaybook(compiled.write(folder, {name: name for name in compiled.files}))


@pytest.fixture
def page(chromium: "Browser") -> Iterator["Page"]:
    context = chromium.new_context(offline=True)
    yield context.new_page()
    context.close()


def shown(page: "Page", documents: Iterator[tuple[str, str]]) -> list[str]:
    """The strings whose documents made the browser do anything at all."""
    cries: list[str] = []

    def asked(dialog: "Dialog") -> None:
        cries.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", asked)
    page.on("pageerror", lambda error: cries.append(str(error)))
    guilty = []
    for text, html in documents:
        page.set_content(html, wait_until="domcontentloaded")
        if page.evaluate(EXECUTABLE) or cries:
            guilty.append(text)
            cries.clear()
    return guilty


@pytest.mark.skipif(not NAUGHTY, reason="the strings are not here")
def test_no_form_page_executes_what_was_typed(page: "Page", book: CompiledPlaybook) -> None:
    form = book.form("cake-guide")

    def documents() -> Iterator[tuple[str, str]]:
        for text in OF_SCRIPTS:
            values = {"email": text, "first_name": text}
            problems = {"email": text}
            answer = form_page(form, address="/forms/cake-guide", values=values, problems=problems)
            yield text, answer["body"]
            yield text, thanks_page(form, result=text)["body"]

    assert shown(page, documents()) == []


@pytest.mark.skipif(not NAUGHTY, reason="the strings are not here")
def test_no_mail_executes_what_was_typed(page: "Page", book: CompiledPlaybook) -> None:
    renderer = JinjaRenderer(book, Vault().links(), "https://go.lindenbakery.example")

    def documents() -> Iterator[tuple[str, str]]:
        for text in OF_SCRIPTS:
            name = Known(value=text, at=NOW, by="t")
            mail = renderer.render(
                book.mail("cake-guide"),
                profile=Profile(
                    lead="1" * 26,
                    address="ada@example.com",
                    created_at=NOW,
                    fields={"first_name": name},
                ),
                client=book.client(),
                message="2" * 26,
                journey="welcome",
            )
            yield text, mail.html or ""

    assert len(OF_SCRIPTS) > 200
    assert shown(page, documents()) == []
