"""Each kind of field keeps one spelling of what was typed, or says what to do about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.answers import FieldProblem, answered
from coldframe.domain.errors import InvalidSubmission
from coldframe.domain.form import Form, FormField, Option
from coldframe.domain.submission import read_submission


def field(kind: str, **more: object) -> FormField:
    told = {"name": "it", "label": "It", "required": False, **more}
    return FormField(type=kind, **told)  # type: ignore[arg-type]  # a test's own


NUMBER = field("number", least="0.5", most="400")
DAY = field("date", least="2026-01-01", most="2027-12-31")
SIZE = field("choice", options=(Option(value="s", label="Small"), Option(value="l", label="Large")))


@pytest.mark.parametrize(
    ("of", "typed", "kept"),
    [
        (NUMBER, "12", "12"),
        (NUMBER, " 12.50 ", "12.5"),
        (NUMBER, "+1e2", "100"),
        (NUMBER, 7, "7"),
        (NUMBER, 2.5, "2.5"),
        (field("number"), "-0.000", "0"),
        (field("number"), "0", "0"),
        (DAY, "2026-11-21", "2026-11-21"),
        (SIZE, "l", "l"),
        (field("boolean"), "on", "true"),
        (field("boolean"), True, "true"),
        (field("boolean"), "No", "false"),
        (field("text", min_length=2), "李雷", "李雷"),
        (field("text"), None, ""),
        (NUMBER, "", ""),
    ],
)
def test_an_answer_is_kept_in_one_spelling(of: FormField, typed: object, kept: str) -> None:
    assert answered(of, typed) == kept


@pytest.mark.parametrize(
    ("of", "typed", "problem"),
    [
        (NUMBER, "twelve", "not_number"),
        (NUMBER, "1,5", "not_number"),
        (NUMBER, "NaN", "not_number"),
        (NUMBER, "Infinity", "not_number"),
        (NUMBER, "1e400", "not_number"),
        (NUMBER, "-1e9999999", "not_number"),
        (NUMBER, True, "not_text"),
        (NUMBER, "0.1", "too_small"),
        (NUMBER, "400.01", "too_large"),
        (DAY, "21.11.2026", "not_date"),
        (DAY, "2026-02-30", "not_date"),
        (DAY, "٢٠٢٦-١١-٢١", "not_date"),
        (DAY, "2025-12-31", "too_early"),
        (DAY, "2028-01-01", "too_late"),
        (SIZE, "xl", "not_choice"),
        (SIZE, ["s"], "not_text"),
        (field("boolean"), "perhaps", "not_ticked"),
        (field("text", min_length=3), "ab", "too_short"),
        (field("text", required=True), "  ", "required"),
        (field("text"), 5, "not_text"),
    ],
)
def test_what_is_no_answer_says_why(of: FormField, typed: object, problem: str) -> None:
    with pytest.raises(FieldProblem) as refused:
        answered(of, typed)

    assert refused.value.key == problem


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=6))
def test_a_number_reads_back_as_itself(number: object) -> None:
    kept = answered(field("number"), str(number))

    assert float(kept) == pytest.approx(float(str(number)))
    assert answered(field("number"), kept) == kept
    assert "e" not in kept.lower()


FORM = Form(
    form="f",
    title="F",
    redirect="https://x.example",
    fields=(
        field("email", name="email", required=True, aliases=("e-mail", "your-email")),
        field("phone", name="phone", aliases=("tel",), country="AT"),
        field("text", name="note"),
    ),
)


def phones(text: str, country: str) -> str | None:
    return f"{country}:{text}" if text.startswith(("0", "+")) else None


def test_a_page_may_call_a_field_by_another_name_and_the_fields_own_name_wins() -> None:
    told = {"your-email": "ada@example.com", "tel": "01", "phone": "02", "note": "x"}

    fields = read_submission(FORM, told, phone=phones).fields

    assert fields == {"email": "ada@example.com", "phone": "AT:02", "note": "x"}


def test_a_number_may_say_which_country_it_is_from() -> None:
    told = {"email": "ada@example.com", "phone": "02", "phone_country": "de"}

    assert read_submission(FORM, told, phone=phones).fields["phone"] == "DE:02"


@pytest.mark.parametrize("wrong", ["call me", "0" * 61])
def test_what_is_no_telephone_number_is_named(wrong: str) -> None:
    with pytest.raises(InvalidSubmission) as refused:
        read_submission(FORM, {"email": "ada@example.com", "tel": wrong}, phone=phones)

    assert refused.value.problems == {"phone": "This is not a telephone number."}


def test_problems_are_said_in_the_forms_language() -> None:
    german = Form(form="f", title="F", locale="de-AT", fields=FORM.fields)

    with pytest.raises(InvalidSubmission) as refused:
        read_submission(german, {"email": "ada", "tel": "?"}, phone=phones)

    assert refused.value.problems == {
        "email": "Das ist keine E-Mail-Adresse.",
        "phone": "Das ist keine Telefonnummer.",
    }
