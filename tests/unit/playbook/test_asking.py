"""`ask: field` in a mail: buttons for what is declared, for who hasn't told it yet."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.renderer import JinjaRenderer
from coldframe.domain.form import spoken
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from coldframe.entrypoints.form_page import form_page
from infra.playbook import compile_client
from tests.unit.adapters.keyring import Vault
from tests.unit.playbook.folders import bakery_in_two_languages, mistakes

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
RANGES = "  ranges: [1, 21, 51, 101]\n"


def asking(tmp_path: Path, *fields: str, german: tuple[str, ...] | None = None) -> Path:
    """The case study asks for these, and nothing else."""
    folder = bakery_in_two_languages(tmp_path)
    declared = folder / "fields.yaml"
    text = declared.read_text(encoding="utf-8")
    declared.write_text(text.replace("  type: number\n", "  type: number\n" + RANGES, 1))
    for name, asked in (("case-study.md", fields), ("case-study.de.md", german or fields)):
        mail = folder / "emails" / name
        lines = "\n\n".join(f"ask: {field}" for field in asked)
        body = mail.read_text(encoding="utf-8").replace("ask: filling", lines)
        mail.write_text(body, encoding="utf-8")
    return folder


def shown(folder: Path, out: Path, language: str = "en", **fields: str) -> str:
    compiled = compile_client(folder, environment="dev")
    playbook = CompiledPlaybook(compiled.write(out, dict.fromkeys(compiled.files, "key")))
    told = {"language": language, **fields}
    known = {name: Known(value=value, at=NOW, by="t") for name, value in told.items()}
    mail = JinjaRenderer(playbook, Vault().links(), "https://go.example").render(
        playbook.mail("case-study"),
        profile=Profile(lead="ab" * 13, address="ada@example.com", created_at=NOW, fields=known),
        client=playbook.client(),
        message="cd" * 13,
        journey="welcome",
    )
    return (mail.html or "") + mail.text


def test_a_choice_a_yes_or_no_and_a_number_have_buttons_in_the_lead_s_language(
    tmp_path: Path,
) -> None:
    folder = asking(tmp_path, "filling", "regular", "guests")

    english = shown(folder, tmp_path / "out")
    german = shown(folder, tmp_path / "aus", "de")

    for words in ("Which filling?", "Dark chocolate:", "A regular", ">Yes<", "1–20:", "101+:"):
        assert words in english
    for words in ("Welche Fülle?", "Dunkle Schokolade:", "Stammgast", ">Nein<", "51–100:"):
        assert words in german
    links = compile_client(folder, environment="dev").mails["case-study"].links
    assert [link for link in links if link.startswith("answer:")] == [
        *(f"answer:filling={value}" for value in ("lemon", "chocolate", "pistachio")),
        *(f"answer:regular={value}" for value in ("true", "false")),
        *(f"answer:guests={value}" for value in (1, 21, 51, 101)),
    ]


def test_what_is_known_is_not_asked_and_the_rest_is(tmp_path: Path) -> None:
    folder = asking(tmp_path, "filling", "regular")

    told = shown(folder, tmp_path / "out", filling="lemon")

    assert "Which filling?" not in told
    assert "A regular" in told


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("filing", "there is no field 'filing' in fields.yaml; did you mean 'filling'?"),
        ("phone", "'phone' is a phone without answers to choose from"),
        ("company_domain", "'company_domain' is nothing that a lead may say of itself"),
        ("wedding_day", "'wedding_day' is a date without answers to choose from"),
    ],
)
def test_what_can_not_be_asked_is_said_at_its_line(tmp_path: Path, field: str, said: str) -> None:
    (german, english) = sorted(mistakes(asking(tmp_path, field)))

    assert said in english
    assert english.startswith("emails/case-study.md:33:")
    assert german.startswith("emails/case-study.de.md:")


def test_each_language_asks_the_same(tmp_path: Path) -> None:
    folder = asking(tmp_path, "filling", "regular", german=("regular", "filling"))

    (told,) = mistakes(folder)

    assert "asks for other fields than case-study does (filling, regular, in this order)" in told


def test_the_page_behind_a_button_speaks_the_lead_s_language_whole(tmp_path: Path) -> None:
    question = compile_client(asking(tmp_path, "filling"), environment="dev").questions["filling"]

    page = form_page(spoken(question, "ar"), values={"answer": "lemon"})

    assert 'dir="rtl"' in str(page)
    assert "أي حشوة؟" in str(page)
    assert "كريمة الليمون" in str(page)
    assert "Which filling?" not in str(page)


@pytest.mark.parametrize(
    ("ranges", "said"),
    [("[5]", "two or more whole numbers"), ("[9, 3]", "larger than the one before")],
)
def test_ranges_rise(tmp_path: Path, ranges: str, said: str) -> None:
    folder = asking(tmp_path, "filling")
    fields = folder / "fields.yaml"
    text = fields.read_text(encoding="utf-8")
    fields.write_text(text.replace("[1, 21, 51, 101]", ranges), encoding="utf-8")

    assert any(said in told for told in mistakes(folder))
