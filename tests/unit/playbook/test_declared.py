"""Fields and events are declared once, with types, and everything that names one is checked."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coldframe.domain.conditions.nodes import Type
from coldframe.domain.trust import TRUSTED_FAMILIES
from infra.playbook import CompiledClient, compile_client
from infra.playbook.conditions.compiling import compile_condition
from infra.playbook.declared import FieldType, Source, catalogue_of
from tests.unit.playbook.folders import bakery, mistakes
from workbench.cli import app

FIELDS = """\
first_name: What the lead would like to be called
company: Where the lead works
industry:
  type: choice
  label: {en: Line of work, de: Branche}
  options: {retail: {en: Shops, de: Handel}, food: {en: Food, de: Essen}}
  aliases: [branch, "entry.1205"]
phone: {type: phone, label: Phone, keep: 2 years}
cakes_a_week: {type: number, personal: no}
opening: {type: date, label: Opening day}
wholesale: {type: boolean, personal: no}
"""
EVENTS = """\
tasting.booked: Booked a seat at a Saturday tasting
webinar.joined: Watched the frosting webinar
video.finished:
  about: Played a video
  source: public
  properties: {name: text, seconds: number}
"""


def compiled(tmp_path: Path, fields: str = FIELDS, events: str = EVENTS) -> CompiledClient:
    return compile_client(_written(tmp_path, fields, events), environment="dev")


def _written(tmp_path: Path, fields: str = FIELDS, events: str = EVENTS) -> Path:
    folder = bakery(tmp_path)
    (folder / "forms/wedding-cake.yaml").unlink()
    for mail in folder.glob("emails/case-study*.md"):
        asking = mail.read_text(encoding="utf-8")
        kept = [line for line in asking.splitlines() if "ask:" not in line and "form:" not in line]
        mail.write_text("\n".join(kept), encoding="utf-8")
    (folder / "fields.yaml").write_text(fields, encoding="utf-8")
    (folder / "events.yaml").write_text(events, encoding="utf-8")
    return folder


def test_a_field_says_its_type_its_words_how_long_it_is_kept_and_what_else_it_is_called(
    tmp_path: Path,
) -> None:
    fields = compiled(tmp_path).fields

    assert fields["first_name"].type is FieldType.TEXT
    assert fields["first_name"].label.text == "First name"
    assert fields["industry"].label.by_language == {"en": "Line of work", "de": "Branche"}
    assert [option.value for option in fields["industry"].options] == ["retail", "food"]
    assert fields["industry"].aliases == ("branch", "entry.1205")
    assert fields["phone"].keep == timedelta(days=730)
    assert fields["phone"].personal
    assert not fields["cakes_a_week"].personal


def test_an_event_says_who_may_tell_of_it_and_what_it_holds(tmp_path: Path) -> None:
    events = compiled(tmp_path).events

    assert events["tasting.booked"].source is Source.SERVER
    assert events["tasting.booked"].properties is None
    assert events["video.finished"].source is Source.PUBLIC
    assert events["video.finished"].properties == {"name": Type.TEXT, "seconds": Type.NUMBER}


@pytest.mark.parametrize(
    "expression",
    [
        'industry == "food" and cakes_a_week > 20',
        "calendar_days_until(opening) <= 3",
        "wholesale",
        'did("video.finished", name="Frosting*", seconds=30) >= 1',
        'did("tasting.booked", whatever="it sends") >= 1',
    ],
)
def test_conditions_know_what_is_declared_by_its_type(tmp_path: Path, expression: str) -> None:
    client = compiled(tmp_path)

    assert compile_condition(
        expression, catalogue=catalogue_of(fields=client.fields, events=client.events)
    )


WRONG_FIELDS = {
    "a type": ("phone: {type: fone}", "phone.type: there is no 'fone'; did you mean 'phone'?"),
    "a choice of nothing": ("size: {type: choice}", "size: needs `options`"),
    "options that are empty": (
        "size: {type: choice, options: []}",
        "size.options: is empty; there must be something to choose from",
    ),
    "an option twice": (
        "size: {type: choice, options: [big, big]}",
        "size.options: 'big' stands here twice; keep one of them",
    ),
    "a label without the client's language": (
        "phone: {type: phone, label: {de: Telefon}}",
        "phone.label: lacks the client's own language; add `en: …`",
    ),
    "a language that is none": (
        "phone: {type: phone, label: {en: Phone, german: Telefon}}",
        "phone.label.german: 'german' is no language; write its tag, as `de` or `pt-BR`",
    ),
    "a time to keep": (
        "phone: {type: phone, keep: a while}",
        "phone.keep: 'a while' is no time to keep something; write e.g. `2 years`",
    ),
    "a unit of time": (
        "phone: {type: phone, keep: 2 yers}",
        "phone.keep: there is no unit 'yers'; did you mean 'years'?",
    ),
    "no time at all": (
        "phone: {type: phone, keep: 0 days}",
        "phone.keep: '0 days' is no time to keep something; write e.g. `2 years`",
    ),
    "an alias that is another's name": (
        "company: {type: text, aliases: [first_name]}",
        "company: the alias 'first_name' is a name of 'first_name' already",
    ),
    "an alias of two": (
        "company: {type: text, aliases: [org]}\norg_name: {type: text, aliases: [org]}",
        "org_name: the alias 'org' is a name of 'company' already",
    ),
    "what every client has": (
        "score: Ours",
        "score: 'score' is built in; choose another name",
    ),
    "a word of the language": (
        "known: Known",
        "known: 'known' is a word of the condition language; choose another name",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG_FIELDS.values(), ids=WRONG_FIELDS)
def test_a_mistake_in_a_field_gives_one_clear_message(
    tmp_path: Path, text: str, message: str
) -> None:
    folder = _written(tmp_path, fields=f"first_name: Called\n{text}\n", events="a.b: C\n")

    found = [each for each in mistakes(folder) if each.startswith("fields.yaml")]

    assert [each.partition(" ")[2] for each in found] == [message]


@pytest.mark.parametrize("field", ["country", "zone", "locale"])
def test_a_form_may_ask_for_what_we_would_guess_else(tmp_path: Path, field: str) -> None:
    assert field in compiled(tmp_path, fields=f"first_name: A\n{field}: B\n").fields


@pytest.mark.parametrize("family", sorted(TRUSTED_FAMILIES))
def test_what_moves_money_permission_or_standing_is_never_public(
    tmp_path: Path, family: str
) -> None:
    folder = _written(
        tmp_path,
        events=f"tasting.booked: A\nwebinar.joined: B\n{family}.told: {{about: C, source: public}}",
    )

    (found,) = mistakes(folder)

    assert "can't be public" in found


def test_a_public_event_needs_a_known_source_and_known_types(tmp_path: Path) -> None:
    folder = _written(
        tmp_path,
        events="tasting.booked: A\nwebinar.joined: B\n"
        "video.finished: {about: C, source: anyone, properties: {name: words}}\n",
    )

    assert len(mistakes(folder)) == 2


def test_the_command_lists_what_a_condition_may_use(tmp_path: Path) -> None:
    _written(tmp_path)

    shown = CliRunner().invoke(app, ["fields", "bakery", "--clients", str(tmp_path)])
    told = CliRunner().invoke(app, ["fields", "bakery", "--clients", str(tmp_path), "--json"])

    assert shown.exit_code == told.exit_code == 0
    assert "video.finished" in shown.stdout
    assert "industry" in shown.stdout
    listed = json.loads(told.stdout)
    types = {each["name"]: each["type"] for each in listed["fields"]}
    assert types["industry"] == "one of retail, food"
    assert types["cakes_a_week"] == "number"
    assert "since(instant)" in {each["signature"] for each in listed["functions"]}


def test_the_command_lists_nothing_of_a_folder_with_mistakes(tmp_path: Path) -> None:
    _written(tmp_path, fields="Nope: A\n")

    told = CliRunner().invoke(app, ["fields", "bakery", "--clients", str(tmp_path)])

    assert told.exit_code == 1
    assert "fields.yaml:1" in told.stderr
