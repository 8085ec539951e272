import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, ModuleLoader, StrictUndefined
from markupsafe import Markup

from coldframe.domain.message import MailKind
from infra.playbook import CompiledClient, compile_client
from tests.unit.playbook.folders import CLIENTS, bakery, edit

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "{% for x in y %}",
    "Ada\r\nBcc: eve@example.com",
    "Ada\u2028Bcc: eve@example.com",
    "O’Hara & Söhne",
]
TO_ADA = {"email": "ada@example.com", "first_name": "Ada"}


@pytest.fixture(scope="module")
def compiled() -> CompiledClient:
    return compile_client(CLIENTS / "bakery", environment="dev")


@pytest.fixture(scope="module")
def runtime(compiled: CompiledClient, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Jinja as the runtime has it: compiled modules, no compiler's input anywhere."""
    keys = dict.fromkeys(compiled.files, "key")
    package = compiled.write(tmp_path_factory.mktemp("playbook"), keys)
    return Environment(
        loader=ModuleLoader(package / "templates"),
        autoescape=lambda name: bool(name and name.endswith(".html")),  # noqa: S701 - as at run time
        undefined=StrictUndefined,
    )


def context(compiled: CompiledClient, lead: dict[str, str]) -> dict[str, Any]:
    return {
        "lead": lead,
        "client": asdict(compiled.client),
        "link": lambda i: f"https://go.example/go/{i}?a=1&b=2",
        "unsubscribe_url": "https://go.example/unsubscribe/token",
        "preferences_url": "https://go.example/preferences/token",
        "confirm_url": "https://go.example/confirm/token",
        "data_url": "https://go.example/data/token",
        "address_url": "https://go.example/confirm/address",
        "undo_url": "https://go.example/confirm/undo",
        "referral_link": "https://go.example/forms/cake-guide?cf_ref=token",
        "trap_url": "https://go.example/go/trap",
        "sender": {"name": "Rosa", "signature": "Rosa Lindner"},
        "journey": "Welcome with the cake guide",
        **dict.fromkeys(("c0", "c1", "c2"), False),
    }


def rendered(runtime: Environment, compiled: CompiledClient, name: str, **lead: str) -> str:
    return runtime.get_template(name).render(context(compiled, {**TO_ADA, **lead}))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_in_html(
    runtime: Environment, compiled: CompiledClient, name: str
) -> None:
    html = rendered(runtime, compiled, "case-study.html", first_name=name)

    assert str(Markup.escape(name)) in html
    assert "<script>" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stands_as_it_is_in_text(
    runtime: Environment, compiled: CompiledClient, name: str
) -> None:
    assert f"Hello {name}," in rendered(runtime, compiled, "reminder.text", first_name=name)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_subject_is_one_line_whatever_the_name_holds(tmp_path: Path, name: str) -> None:
    folder = bakery(tmp_path)
    new = "subject: \"{{ lead.first_name | default('Hello', true) }}, a story\""
    edit(folder, "emails/case-study.md", "subject: The wedding cake", new + "\nold: The")
    edit(folder, "emails/case-study.md", "\nold: The that stood four hours in July", "")
    own = compile_client(folder, environment="dev")
    package = own.write(tmp_path / "out", dict.fromkeys(own.files, "key"))

    subject = (
        Environment(loader=ModuleLoader(package / "templates"))  # noqa: S701 - as at run time
        .get_template("case-study.subject")
        .render(lead={"first_name": name})
    )

    assert len(subject.splitlines()) == 1
    assert subject == f"{' '.join(name.split())}, a story"


def test_a_lead_without_a_name_is_greeted_all_the_same(
    runtime: Environment, compiled: CompiledClient
) -> None:
    lead = {"email": "ada@example.com"}

    text = runtime.get_template("case-study.text").render(context(compiled, lead))

    assert "Hello there," in text


def mails_to_leads(compiled: CompiledClient) -> list[str]:
    return [name for name, mail in compiled.mails.items() if mail.kind is not MailKind.NOTICE]


def test_every_mail_to_a_lead_has_the_way_out_and_the_postal_address(
    runtime: Environment, compiled: CompiledClient
) -> None:
    for mail in mails_to_leads(compiled):
        for part in ("html", "text"):
            if f"{mail}.{part}" in compiled.templates:
                shown = rendered(runtime, compiled, f"{mail}.{part}")
                assert "https://go.example/unsubscribe/token" in shown
                assert "Lindengasse 14, 1070 Vienna" in shown


def test_a_plain_mail_is_text_alone(compiled: CompiledClient) -> None:
    assert compiled.mails["reminder"].format == "plain"
    assert "reminder.html" not in compiled.templates
    assert "reminder.text" in compiled.templates


def test_links_are_numbered_alike_in_html_and_text(
    runtime: Environment, compiled: CompiledClient
) -> None:
    links = compiled.mails["case-study"].links
    html = rendered(runtime, compiled, "case-study.html")
    text = rendered(runtime, compiled, "case-study.text")

    assert links == (
        "https://www.lindenbakery.example/stories/a-wedding-cake-in-july",
        "https://www.lindenbakery.example/frosting-webinar",
        "form:wedding-cake",
        *(f"answer:filling={filling}" for filling in ("lemon", "chocolate", "pistachio")),
    )
    for number in range(len(links)):
        assert f'href="https://go.example/go/{number}?a=1&amp;b=2"' in html
        assert f"https://go.example/go/{number}?a=1&b=2" in text


def test_no_mail_links_past_our_own_signed_links(compiled: CompiledClient) -> None:
    for name, template in compiled.templates.items():
        for target in re.findall(r'<a [^>]*href="([^"]*)"', template):
            assert target.startswith("{{ "), name


def test_a_file_is_a_link_like_any_other(compiled: CompiledClient) -> None:
    assert compiled.mails["cake-guide"].links == ("file:cake-guide.pdf",)


def test_the_text_part_reads_like_a_letter(runtime: Environment, compiled: CompiledClient) -> None:
    text = rendered(runtime, compiled, "cake-guide.text")

    assert text.startswith("Here is your cake guide\n\nHello Ada,\n\nThank you for asking.")
    assert "\n\nOpen the cake guide: https://go.example/go/0?a=1&b=2\n\n" in text
    assert "**" not in text
    assert "<" not in text
    assert "Happy baking,\nRosa Lindner" in text


def test_a_link_within_a_sentence_does_not_break_it(
    runtime: Environment, compiled: CompiledClient
) -> None:
    text = rendered(runtime, compiled, "case-study.text")

    assert "our free frosting webinar <https://go.example/go/1?a=1&b=2> shows" in text


def test_a_link_of_its_own_is_a_button(compiled: CompiledClient) -> None:
    html = compiled.templates["cake-guide.html"]

    assert '<p class="button"><a href="{{ link(0) }}">Open the cake guide</a></p>' in html


def test_the_hand_off_notice_says_who_and_leaves_no_way_out(
    runtime: Environment, compiled: CompiledClient
) -> None:
    subject = rendered(runtime, compiled, "_hand_off.subject")
    text = runtime.get_template("_hand_off.text").render(
        {
            **context(compiled, TO_ADA),
            "facts": [("email", "ada@example.com"), ("first_name", "Ada")],
            "history": ["21 November: asked for the guide", "23 November: read the story"],
        }
    )

    assert subject == "ada@example.com is yours now"
    assert "Hello Rosa Lindner," in text
    assert "email: ada@example.com\nfirst_name: Ada" in text
    assert "asked for the guide\n23 November: read the story" in text
    assert "unsubscribe" not in text


def test_a_client_may_write_its_own_hand_off_notice(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    own = "---\nsubject: Rosa, someone for you\nformat: plain\n---\nWrite to {{ lead.email }}.\n"
    (folder / "emails/_hand_off.md").write_text(own, encoding="utf-8")

    templates = compile_client(folder, environment="dev").templates

    assert templates["_hand_off.text"] == "Write to {{ lead.email }}.\n"


def test_a_statement_may_stand_between_paragraphs(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    branch = "{% if lead.first_name is defined %}\n\nYou are {{ lead.first_name }}.\n\n{% endif %}"
    edit(folder, "emails/case-study.md", "The cake stood", f"{branch}\n\nThe cake stood")

    templates = compile_client(folder, environment="dev").templates

    assert "{% if lead.first_name is defined %}\n<p>You are" in templates["case-study.html"]
    text = Environment().from_string(templates["case-study.text"])  # noqa: S701 - it is text
    told = text.render(
        lead={"email": "ada@example.com"},
        client={},
        link=str,
        unsubscribe_url="",
    )
    assert "board instead.\n\nThe cake stood" in told


def test_a_field_that_all_entry_forms_require_needs_no_default(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, "emails/case-study.md", ' | default("there", true)', "")
    edit(folder, "forms/cake-guide.yaml", "max_length: 80", "max_length: 80\n    required: true")

    assert "case-study" in compile_client(folder, environment="dev").mails


def test_the_content_hash_changes_with_the_content_only(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    before = compile_client(folder, environment="prod").mails
    edit(folder, "emails/reminder.md", "Rosa Lindner", "Rosa")

    after = compile_client(folder, environment="prod").mails

    assert after["reminder"].content_hash != before["reminder"].content_hash
    assert after["baking-letter"].content_hash == before["baking-letter"].content_hash
