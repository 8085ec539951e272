"""What a mail's file may say, and what is made of it."""

from pathlib import Path

import pytest

from coldframe.domain.playbook import Person
from infra.playbook import compile_client
from tests.unit.playbook.folders import bakery, edit, mistakes

PEOPLE = (
    "people:\n  jonas: {name: Jonas Weber, address: jonas@lindenbakery.example,"
    ' signature: "Jonas\\nOven 2"}\n\ntesters:'
)
SPECIAL = """---
subject: A table for {{ lead.first_name | default("you", true) }}
topic: letters
---
<mjml lang="{{ language }}"><mj-body><mj-section><mj-column>
<mj-text>Come &amp; taste{% if first_name is known %}, {{ lead.first_name }}{% endif %}</mj-text>
<mj-button href="https://www.lindenbakery.example/t?a=1&amp;b=2">Book</mj-button>
<mj-text>{{ client.postal }} <a href="{{ unsubscribe_url }}">{{ words.unsubscribe }}</a></mj-text>
</mj-column></mj-section></mj-body></mjml>
"""


def front(folder: Path, *lines: str, mail: str = "case-study") -> None:
    """With these lines in the mail's front matter."""
    edit(folder, f"emails/{mail}.md", "---\nsubject", "---\n" + "\n".join([*lines, "subject"]))


def test_all_that_a_mail_says_of_itself_is_compiled(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, "client.yaml", "testers:", PEOPLE)
    front(
        folder,
        *("stage: consideration", "answers: Can I do this at home?", "from: jonas"),
        *("valid_until: 2026-12-31", "language: en-GB"),
    )

    mail = compile_client(folder, environment="prod").mails["case-study"]

    assert (mail.stage, mail.answers) == ("consideration", "Can I do this at home?")
    assert (mail.sender, mail.language) == ("jonas", "en-GB")
    assert mail.preheader.startswith("Marta had never stacked")
    assert mail.valid_until == "2026-12-31T23:00:00.000Z", "Vienna's midnight, an hour early"


def test_an_instant_is_taken_as_it_stands(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    front(folder, "valid_until: 2026-12-31T18:00:00+02:00")

    mail = compile_client(folder, environment="dev").mails["case-study"]

    assert mail.valid_until == "2026-12-31T16:00:00.000Z"


def test_people_write_from_their_own_addresses_in_production_alone(tmp_path: Path) -> None:
    """Elsewhere the sender's address is the only one that SES has verified."""
    folder = bakery(tmp_path)
    edit(folder, "client.yaml", "testers:", PEOPLE)

    deployed = compile_client(folder, environment="prod").client.people["jonas"]
    tried = compile_client(folder, environment="dev").client.people["jonas"]

    signature = "Jonas\nOven 2"
    assert deployed == Person(
        name="Jonas Weber", address="jonas@lindenbakery.example", signature=signature
    )
    assert tried.address == "rosa@lindenbakery.example"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("stage: considering", "there is no 'considering'; did you mean 'consideration'?"),
        ("from: rosi", "there is no 'rosi' among the `people:` of client.yaml; did you mean"),
        ("valid_until: soon", "'soon' is no day; write the last one, as `2026-12-31`"),
        ("valid_until: 2026-12-31T18:00", "is no day"),
        ("language: german", "'german' is no language; write its tag"),
        ("answer: what?", "unknown key; did you mean 'answers'?"),
    ],
)
def test_a_mistake_in_the_front_matter_gives_one_clear_message(
    tmp_path: Path, line: str, message: str
) -> None:
    folder = bakery(tmp_path)
    edit(folder, "client.yaml", "testers:", PEOPLE.replace("jonas:", "rosa:"))
    front(folder, line)

    [mistake] = mistakes(folder)

    assert mistake.startswith("emails/case-study.md:2 ")
    assert message in mistake


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("jonas@lindenbakery.example, s", "jonas@gmail.com, s", "must have an address at linden"),
        ("  jonas:", "  rep:", "'rep' can't be a person's short name"),
        ("address: jonas", "adress: jonas", "unknown key; did you mean 'address'?"),
    ],
)
def test_a_mistake_about_people_gives_one_clear_message(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    folder = bakery(tmp_path)
    edit(folder, "client.yaml", "testers:", PEOPLE.replace(old, new))

    [mistake] = mistakes(folder)

    assert message in mistake


def test_a_mail_in_mjml_is_its_own_page_and_its_text_is_made_from_it(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    (folder / "emails/special.mjml").write_text(SPECIAL, encoding="utf-8")

    compiled = compile_client(folder, environment="dev")
    mail, text = compiled.mails["special"], compiled.templates["special.text"]

    assert mail.format == "mjml"
    assert mail.links == ("https://www.lindenbakery.example/t?a=1&b=2",)
    assert "Come & taste{% if c0 %}, {{ lead.first_name }}{% endif %}" in text
    assert "Book: {{ link(0) }}" in text
    assert 'lang="en"' in compiled.templates["special.html"]
    assert "Linden Bakery</p>" not in compiled.templates["special.html"], "no layout around it"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{{ client.postal }} ", "", "needs `{{ client.postal }}`"),
        ("<mj-button", "<mj-buton", "there is no tag <mj-buton>; did you mean 'mj-button'?"),
        ("https://www", "http://www", "must begin with https://"),
        ("topic: letters", "topic: letters\nformat: plain", "has its own format"),
    ],
)
def test_a_mistake_in_an_mjml_mail_gives_a_clear_message(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    folder = bakery(tmp_path)
    (folder / "emails/special.mjml").write_text(SPECIAL.replace(old, new, 1), encoding="utf-8")

    found = mistakes(folder)

    assert any(message in mistake and "emails/special.mjml" in mistake for mistake in found), found


def test_a_mail_has_one_file(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    (folder / "emails/case-study.mjml").write_text(SPECIAL, encoding="utf-8")

    [mistake] = mistakes(folder)

    assert "stands beside case-study.md" in mistake


def test_every_html_mail_has_the_link_that_no_person_sees(tmp_path: Path) -> None:
    folder = bakery(tmp_path)

    templates = compile_client(folder, environment="dev").templates
    pages = [text for name, text in templates.items() if name.endswith(".html")]

    assert pages
    for page in pages:
        assert page.count('href="{{ trap_url }}" tabindex="-1" aria-hidden="true"') == 1
        assert "{{ trap_url }}" not in page.partition("</body>")[2]
