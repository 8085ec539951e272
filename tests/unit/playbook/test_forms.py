"""A form takes its words and types from fields.yaml, and a quiz knows its answers."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coldframe.domain.form import spoken
from coldframe.domain.form_result import points_of, result_of
from infra.playbook import compile_client
from tests.unit.playbook.folders import bakery, edit, mistakes

FORM = "forms/wedding-cake.yaml"
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_a_form_takes_type_label_options_and_aliases_from_what_is_declared(tmp_path: Path) -> None:
    form = compile_client(bakery(tmp_path), environment="dev").forms["wedding-cake"]
    fields = {field.name: field for field in form.fields}

    assert fields["guests"].type == "number"
    assert (fields["guests"].least, fields["guests"].most) == ("10", "400")
    assert fields["guests"].label == "How many guests?"
    assert [option.points for option in fields["filling"].options] == [4.0, 4.5, 6.0]
    assert fields["phone"].aliases == ("tel", "telephone", "mobile")
    assert fields["phone"].country == "AT"
    assert form.sites == ("https://www.lindenbakery.example",)


def test_a_form_is_offered_in_the_languages_of_its_title(tmp_path: Path) -> None:
    form = compile_client(bakery(tmp_path), environment="dev").forms["wedding-cake"]

    assert form.languages == ("en", "de", "ar")
    german = spoken(form, "de")
    assert german.title == "Was kostet unsere Hochzeitstorte?"
    assert german.fields[3].options[0].label == "Zitronencreme"
    assert (german.fields[-1].text or "").startswith("Ja, Linden Bakery")
    assert spoken(form, "fr") is form


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ({"guests": "80", "filling": "chocolate"}, "420"),
        ({"guests": "33", "filling": "chocolate"}, "208.5"),
        ({"filling": "lemon"}, ""),
    ],
)
def test_the_result_is_worked_out_of_the_answers(
    tmp_path: Path, answers: dict[str, str], result: str
) -> None:
    form = compile_client(bakery(tmp_path), environment="dev").forms["wedding-cake"]

    assert result_of(form, answers, NOW) == result


def test_a_quizs_result_may_be_a_text(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, FORM, "60 + guests * filling_points", "\"'Grand' if points > 5 else 'Modest'\"")
    form = compile_client(folder, environment="dev").forms["wedding-cake"]

    assert result_of(form, {"filling": "pistachio"}, NOW) == "Grand"
    assert result_of(form, {"filling": "lemon"}, NOW) == "Modest"
    assert points_of(form, {}) == {"filling_points": 0, "points": 0}


TYPOS = {
    "an answer's name": (
        ("guests * filling_points", "guest * filling_points"),
        "result: there is no field 'guest'; did you mean 'guests'?",
    ),
    "an option": (
        ("{lemon: 4,", "{lemmon: 4,"),
        "fields.filling.points.lemmon: there is no option",
    ),
    "points that are none": (("lemon: 4,", "lemon: four,"), "fields.filling.points.lemon: 'four'"),
    "a day": (("min: 2026-01-01", "min: 2026-02-30"), "fields.wedding_day.min: '2026-02-30'"),
    "a number": (("min: 10", "min: ten"), "fields.guests.min: 'ten' is no number"),
    "a country": (("country: AT", "country: Austria"), "fields.phone.country: 'Austria'"),
    "a key of another type": (
        ("phone: {country: AT}", "phone: {max: 5}"),
        "fields.phone.max: unknown key",
    ),
    "a type that was declared otherwise": (
        ("guests: {required", "guests: {type: text, required"),
        "fields.guests",
    ),
    "a name that is ours": (
        ("  guests:", "  submission: {type: text, label: S}\n  guests:"),
        "fields.submission: 'submission' is a name that every form uses itself",
    ),
    "what no lead may say of itself": (
        ("  guests:", "  company_domain: {type: text, label: Company}\n  guests:"),
        "fields.company_domain: 'company_domain' can't be asked for",
    ),
    "no end": (("thanks:\n  en: Rosa", "# thanks:\n# en: Rosa"), ""),
}


@pytest.mark.parametrize(("typo", "message"), TYPOS.values(), ids=TYPOS)
def test_a_typo_in_a_form_is_named(tmp_path: Path, typo: tuple[str, str], message: str) -> None:
    folder = bakery(tmp_path)
    edit(folder, FORM, *typo)

    found = [each for each in mistakes(folder) if each.startswith(FORM)]

    assert any(message in each for each in found), found


def test_a_form_without_an_end_says_what_it_needs(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(
        folder,
        "forms/cake-guide.yaml",
        "redirect: https://www.lindenbakery.example/thank-you\n",
        "",
    )

    assert any("needs `redirect`" in each for each in mistakes(folder))


def test_fields_that_cannot_be_read_make_no_mistakes_in_forms(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    (folder / "fields.yaml").write_text("first_name: [\n", encoding="utf-8")

    assert all(each.startswith("fields.yaml") for each in mistakes(folder))
