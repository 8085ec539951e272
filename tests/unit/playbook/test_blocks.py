"""Blocks of a mail that depend on the lead, by conditions as branches have them."""

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
from tests.unit.playbook.folders import bakery, edit, mistakes

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
BLOCKS = """Hello you,

{% if guests >= 120 %}
A hall full of people.
{% elif filling == "lemon" and did("tasting.booked", within="30 days") == 0 %}
Lemon it is, {{ lead.filling }}.
{% else %}
A table for few.
{% endif %}
"""


def with_blocks(folder: Path, text: str = BLOCKS) -> Path:
    edit(
        folder,
        "emails/case-study.md",
        'Hello {{ lead.first_name | default("there", true) }},\n',
        text,
    )
    return folder


def rendered(folder: Path, out: Path, **fields: str) -> RenderedMail:
    compiled = compile_client(folder, environment="dev")
    playbook = CompiledPlaybook(compiled.write(out, dict.fromkeys(compiled.files, "key")))
    known = {name: Known(value=value, at=NOW, by="t") for name, value in fields.items()}
    return JinjaRenderer(playbook, Vault().links(), "https://go.example").render(
        playbook.mail("case-study"),
        profile=Profile(lead="ab" * 13, address="ada@example.com", created_at=NOW, fields=known),
        client=playbook.client(),
        message="cd" * 13,
        journey="welcome",
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"guests": "150"}, "A hall full of people."),
        ({"guests": "150", "filling": "lemon"}, "A hall full of people."),
        ({"guests": "8", "filling": "lemon"}, "Lemon it is, lemon."),
        ({"filling": "chocolate"}, "A table for few."),
        ({}, "A table for few."),
    ],
)
def test_the_first_block_whose_condition_holds_is_shown_alone(
    tmp_path: Path, fields: dict[str, str], said: str
) -> None:
    made = rendered(with_blocks(bakery(tmp_path)), tmp_path / "out", **fields)

    every = ("A hall full of people.", "Lemon it is, lemon.", "A table for few.")
    for part in (made.html or "", made.text):
        assert [each for each in every if each in part] == [said]
    assert f"Hello you,\n\n{said}\n\nLast June" in made.text
    assert f"<p>{said}</p>" in (made.html or "")


def test_what_a_block_asks_is_remembered_of_the_lead(tmp_path: Path) -> None:
    compiled = compile_client(with_blocks(bakery(tmp_path)), environment="dev")

    asked = compiled.mails["case-study"].conditions

    assert asked[0].source == "guests >= 120"
    kept = {rule.kind for rule in compiled.reactions.memory}
    assert "tasting.booked" in kept


def test_a_subject_may_depend_on_the_lead_too(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    subject = (
        "subject: '{% if filling is known %}{{ lead.filling }}{% else %}Cake{% endif %}'\nold:"
    )
    edit(folder, "emails/case-study.md", "subject:", subject)
    edit(
        folder, "emails/case-study.md", "\nold: The wedding cake that stood four hours in July", ""
    )

    assert rendered(folder, tmp_path / "a", filling="lemon").subject == "lemon"
    assert rendered(folder, tmp_path / "b").subject == "Cake"


def test_jinjas_own_tests_of_fields_go_on_working(tmp_path: Path) -> None:
    text = "{% if lead.first_name is defined %}\nDear {{ lead.first_name }}\n{% endif %}\n"
    folder = with_blocks(bakery(tmp_path), text)

    conditions = compile_client(folder, environment="dev").mails["case-study"].conditions
    assert not [each for each in conditions if "first_name" in each.source]
    assert "Dear Ada" in rendered(folder, tmp_path / "out", first_name="Ada").text


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("{% if gests >= 120 %}x{% endif %}", "there is no field 'gests'; did you mean 'guests'?"),
        ('{% if guests == "many" %}x{% endif %}', "a number"),
        ('{% if did("tasting.boked") > 0 %}x{% endif %}', "there is no event 'tasting.boked'"),
        ("{% if guests %}x{% endif %}", "is a number"),
        ("{% if guests > 1 %}x{% elif filing is known %}y{% endif %}", "there is no field 'fil"),
        ("{% if guests > 1 %}{{ lead.filling }}{% endif %}", "lead.filling may be missing"),
        ("{% if score > %}x{% endif %}", "can't be read"),
        ("{% if guests > 1 or filling is known %}{{ lead.filling }}{% endif %}", "may be missing"),
    ],
)
def test_a_mistake_in_a_condition_is_told_at_its_line(
    tmp_path: Path, block: str, message: str
) -> None:
    folder = with_blocks(bakery(tmp_path), f"Hello,\n\n{block}\n")

    [mistake] = mistakes(folder)

    assert mistake.startswith("emails/case-study.md:")
    assert message in mistake


@pytest.mark.parametrize(
    "test",
    [
        'filling == "lemon"',
        "filling is known",
        'filling in ["lemon"]',
        "guests > 1 and filling is known",
        'matches(filling, "le*")',
    ],
)
def test_a_field_is_there_for_certain_where_its_condition_holds(tmp_path: Path, test: str) -> None:
    block = f"{{% if {test} %}}{{{{ lead.filling }}}}{{% endif %}}"

    assert mistakes(with_blocks(bakery(tmp_path), f"Hello,\n\n{block}\n")) == []
