"""What a careful colleague finds in mails that compile."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from infra.playbook import compile_client
from infra.playbook.lints.finding import Finding, Severity
from infra.playbook.lints.lints import lint
from tests.unit.playbook.folders import CLIENTS, bakery, bakery_in_two_languages, edit

TODAY = date(2026, 11, 22)
MAIL = "emails/case-study.md"
LAST = "The cake stood from two in the afternoon until six."


def found(
    folder: Path, *, today: date = TODAY, reach: Callable[[str], str] | None = None
) -> list[Finding]:
    compiled = compile_client(folder, environment="dev")
    return lint(compiled, folder, today=today, reach=reach)


def of_rule(findings: list[Finding], rule: str) -> list[Finding]:
    return [each for each in findings if each.rule == rule]


@pytest.mark.parametrize("client", ["bakery", "harbor"])
def test_nothing_is_to_be_said_of_the_example_clients(client: str) -> None:
    assert list(map(str, found(CLIENTS / client))) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Act now, and it is yours.", "act now"),
        ("This is guaranteed.", "guaranteed"),
        ("Read it, and then click\nhere for more.", "click here"),
        ("Only 100% free cake.", "100% free"),
    ],
)
def test_pushy_phrases_are_named_at_their_line(tmp_path: Path, text: str, phrase: str) -> None:
    folder = bakery(tmp_path)
    edit(folder, MAIL, LAST, text)

    [finding] = of_rule(found(folder), "phrases")

    lines = (folder / MAIL).read_text(encoding="utf-8").splitlines()
    assert phrase in finding.text
    assert phrase.split(maxsplit=1)[0] in lines[finding.line - 1].lower()
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    "text",
    ["The guarantee is a page long.", "An interaction nowadays.", "Two that you won’t notice."],
)
def test_words_that_merely_hold_a_phrase_are_none(tmp_path: Path, text: str) -> None:
    folder = bakery(tmp_path)
    edit(folder, MAIL, LAST, text)

    assert of_rule(found(folder), "phrases") == []


@pytest.mark.parametrize(
    "text",
    [
        "We saw you visited our page on prices.",
        "I noticed that you’ve downloaded the guide twice.",
        "You recently viewed our tastings.",
        "Since you opened the last letter, here is more.",
        "Thanks for your recent visit to our website.",
    ],
)
def test_copy_that_tells_a_lead_what_it_did_is_found(tmp_path: Path, text: str) -> None:
    folder = bakery(tmp_path)
    edit(folder, MAIL, LAST, text)

    [finding] = of_rule(found(folder), "told-on")

    assert finding.file == MAIL
    assert "tells the lead what it did" in finding.text


@pytest.mark.parametrize(
    "text", ["You asked us for the guide.", "Come and visit our shop.", "If you saw the page…"]
)
def test_what_the_lead_asked_for_may_be_said(tmp_path: Path, text: str) -> None:
    folder = bakery(tmp_path)
    edit(folder, MAIL, LAST, text)

    assert of_rule(found(folder), "told-on") == []


def test_german_copy_is_read_in_german(tmp_path: Path) -> None:
    folder = bakery_in_two_languages(tmp_path)
    old = "Dann war sie in elf Minuten gegessen."
    edit(
        folder,
        "emails/case-study.de.md",
        old,
        "Wir haben gesehen, dass Sie da waren. Letzte Chance!",
    )

    findings = found(folder)

    assert [each.file for each in of_rule(findings, "told-on")] == ["emails/case-study.de.md"]
    assert [each.file for each in of_rule(findings, "phrases")] == ["emails/case-study.de.md"]


def test_a_welcome_mail_says_what_comes_and_how_often(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    path = folder / "emails/cake-guide.md"
    text = path.read_text(encoding="utf-8")
    start = text.index("If you ticked the box")
    path.write_text(text[:start] + text[text.index("Something in the guide") :], encoding="utf-8")

    [finding] = of_rule(found(folder), "welcome")

    assert finding.file == "emails/cake-guide.md"
    assert "'welcome'" in finding.text


def test_a_mail_that_gmail_would_cut_off_is_an_error(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, MAIL, LAST, "Cake. " * 18_000)

    [finding] = of_rule(found(folder), "size")

    assert finding.severity is Severity.ERROR
    assert "Gmail cuts mails off at 102 kB" in finding.text


@pytest.mark.parametrize(
    ("file", "new"),
    [
        (MAIL, "![](https://www.lindenbakery.example/cake.jpg)"),
        ("emails/_layout.mjml", '<mj-image src="https://www.lindenbakery.example/a.png" />'),
    ],
)
def test_a_picture_without_words_is_found(tmp_path: Path, file: str, new: str) -> None:
    folder = bakery(tmp_path)
    old = LAST if file == MAIL else '<mj-text css-class="letter">{{ content }}</mj-text>'
    edit(folder, file, old, new if file == MAIL else f"{new}{old}")

    findings = of_rule(found(folder), "alt")

    assert file in {each.file for each in findings}
    line = next(each.line for each in findings if each.file == file)
    assert new in (folder / file).read_text(encoding="utf-8").splitlines()[line - 1]


def test_a_picture_with_words_is_fine(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, MAIL, LAST, "![Three tiers](https://www.lindenbakery.example/cake.jpg)")

    assert of_rule(found(folder), "alt") == []


def test_faint_colours_of_the_layout_are_found_at_their_line(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    layout = folder / "emails/_layout.mjml"
    edit(folder, "emails/_layout.mjml", 'color="#6b5647"', 'color="#c9b8a9"')

    findings = of_rule(found(folder), "contrast")

    assert findings
    lines = layout.read_text(encoding="utf-8").splitlines()
    for each in findings:
        assert each.severity is Severity.ERROR
        assert "#c9b8a9" in each.text
        assert "#c9b8a9" in lines[each.line - 1]


def test_links_are_followed_only_when_asked(tmp_path: Path) -> None:
    asked: list[str] = []

    def reach(address: str) -> str:
        asked.append(address)
        return "the server says 404" if address.endswith("/tastings") else ""

    folder = bakery(tmp_path)

    assert of_rule(found(folder), "links") == []
    [finding] = of_rule(found(folder, reach=reach), "links")

    assert finding.file == "emails/tasting-invitation.md"
    assert "https://www.lindenbakery.example/tastings leads nowhere: the server" in finding.text
    assert all(address.startswith("https://") for address in asked)


def test_a_mail_past_its_last_day_is_worth_a_word(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, MAIL, "---\nsubject", "---\nvalid_until: 2026-11-30\nsubject")

    assert of_rule(found(folder), "expired") == []
    [finding] = of_rule(found(folder, today=date(2026, 12, 2)), "expired")

    assert (finding.file, finding.line) == (MAIL, 2)


def test_mails_that_lack_a_language_of_the_client_are_noted(tmp_path: Path) -> None:
    notes = of_rule(found(bakery_in_two_languages(tmp_path)), "language")

    assert {each.file for each in notes} == {"emails/baking-letter.md"}
    assert notes[0].text == "is not written in de; such leads get it in en"
