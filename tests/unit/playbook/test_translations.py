"""Mails in several languages."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.renderer import JinjaRenderer
from coldframe.domain.message import RenderedMail
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from infra.playbook import compile_client
from tests.unit.adapters.keyring import Vault
from tests.unit.playbook.folders import bakery_in_two_languages as bakery
from tests.unit.playbook.folders import edit, mistakes

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
ARABIC = """---
subject: دليل الكعك جاهز
---
# دليلك هنا

مرحبا {{ lead.first_name | default("", true) }}،

[افتح الدليل](file:cake-guide.pdf)
"""


def rendered(folder: Path, out: Path, mail: str, **fields: str) -> RenderedMail:
    compiled = compile_client(folder, environment="dev")
    playbook = CompiledPlaybook(compiled.write(out, dict.fromkeys(compiled.files, "key")))
    known = {name: Known(value=value, at=NOW, by="t") for name, value in fields.items()}
    return JinjaRenderer(playbook, Vault().links(), "https://go.example").render(
        playbook.mail(mail),
        profile=Profile(lead="ab" * 13, address="ada@example.com", created_at=NOW, fields=known),
        client=playbook.client(),
        message="cd" * 13,
        journey="welcome",
    )


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("de", "Ein Platz an unserem Kosttisch?"),
        ("de-AT", "Ein Platz an unserem Kosttisch?"),
        ("en", "A seat at the tasting table?"),
        ("fr", "A seat at the tasting table?"),
        ("", "A seat at the tasting table?"),
    ],
)
def test_a_lead_gets_each_mail_in_its_own_language_or_else_in_the_mails(
    tmp_path: Path, language: str, subject: str
) -> None:
    told = {"language": language} if language else {}

    made = rendered(bakery(tmp_path), tmp_path / "out", "tasting-invitation", **told)

    assert made.subject == subject


def test_layout_footer_and_links_are_of_the_same_language(tmp_path: Path) -> None:
    made = rendered(bakery(tmp_path), tmp_path / "out", "tasting-invitation", language="de")

    assert '<html lang="de" dir="ltr"' in (made.html or "")
    for part in (made.html or "", made.text):
        assert "Keine Briefe mehr, mit einem Klick" in part
        assert "No more letters" not in part


def test_a_link_has_the_same_number_in_every_language(tmp_path: Path) -> None:
    mail = compile_client(bakery(tmp_path), environment="dev").mails["tasting-invitation"]

    assert mail.links == ("https://www.lindenbakery.example/tastings",)
    assert mail.translations["de"] == ("https://www.lindenbakery.example/de/verkostung",)


def test_arabic_runs_from_right_to_left(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    (folder / "emails/cake-guide.ar.md").write_text(ARABIC, encoding="utf-8")

    html = rendered(folder, tmp_path / "out", "cake-guide", language="ar").html or ""

    assert '<html lang="ar" dir="rtl"' in html
    assert "text-align:left" not in html
    assert "text-align:right" in html
    assert "إيقاف هذه الرسائل بنقرة واحدة" in html, "built-in words stand in for the client's"


def test_formal_and_informal_are_languages_too(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    german = (folder / "emails/reminder.de.md").read_text(encoding="utf-8")
    informal = german.replace("Wie ist die erste", "Und, wie ist deine erste")
    (folder / "emails/reminder.de-informal.md").write_text(informal, encoding="utf-8")

    formal = rendered(folder, tmp_path / "a", "reminder", language="de-AT").subject
    close = rendered(folder, tmp_path / "b", "reminder", language="de-AT-informal").subject

    assert formal.startswith("Wie ist")
    assert close.startswith("Und, wie")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("subject:", "topic: letters\nsubject:", "`topic` is said once, in emails/tasting"),
        ("subject:", "kind: value\nsubject:", "`kind` is said once"),
        ("(https://www.lindenbakery.example/de/verkostung)", "", "has 0 links, but emails/tasti"),
        ("www.lindenbakery.example/de", "www.example.com/de", "link 1 leads to 'https://www.exa"),
        ("{% if first_name is known %} {{ lead.first_name }}{% endif %}", "", "`lead.first_name`"),
    ],
)
def test_a_translation_that_isnt_the_same_mail_is_a_mistake(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    folder = bakery(tmp_path)
    edit(folder, "emails/tasting-invitation.de.md", old, new)

    [mistake] = mistakes(folder)

    assert mistake.startswith("emails/tasting-invitation.de.md:1: ")
    assert message in mistake


def test_a_translation_of_nothing_is_a_mistake(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    (folder / "emails/cake-gide.de.md").write_text(ARABIC, encoding="utf-8")

    [mistake] = mistakes(folder)

    assert (
        "translates 'cake-gide', but there is no such mail; did you mean 'cake-guide'?" in mistake
    )


def test_a_translation_into_the_mails_own_language_is_a_mistake(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    (folder / "emails/cake-guide.en.md").write_text(ARABIC, encoding="utf-8")

    [mistake] = mistakes(folder)

    assert "cake-guide is written in 'en' already" in mistake


def test_words_of_the_layout_that_nobody_knows_are_a_mistake(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, "emails/_layout.mjml", "{{ words.why }}", "{{ words.wy }}")

    [mistake] = mistakes(folder)

    assert "there is no 'words.wy'; did you mean 'words.why'?" in mistake
