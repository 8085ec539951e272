"""A form post is taken whole, or every bad field says what to do about it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.errors import InvalidSubmission
from coldframe.domain.form import Form
from coldframe.domain.submission import read_submission
from tests.fakes.playbook import CAKE_GUIDE

GOOD = {"name": " Ada ", "email": "Ada@Example.com", "tips": "on"}


def problems(form: Form, values: dict[str, object]) -> dict[str, str]:
    with pytest.raises(InvalidSubmission) as refused:
        read_submission(form, values)
    return refused.value.problems


def test_a_good_post_yields_address_fields_and_the_words_consented_to() -> None:
    submission = read_submission(CAKE_GUIDE, GOOD)

    assert submission.address == "ada@example.com"
    assert submission.fields == {"name": "Ada", "email": "ada@example.com"}
    assert submission.consents == {"baking": "Yes, send me baking tips."}


@pytest.mark.parametrize("ticked", ["on", "true", "YES", "1", True])
def test_a_ticked_consent_is_one(ticked: object) -> None:
    assert read_submission(CAKE_GUIDE, {**GOOD, "tips": ticked}).consents


@pytest.mark.parametrize("not_ticked", [None, "", "off", "false", "no", "0", False])
def test_a_consent_that_is_not_ticked_is_none(not_ticked: object) -> None:
    assert not read_submission(CAKE_GUIDE, {**GOOD, "tips": not_ticked}).consents


def test_what_the_form_does_not_declare_is_ignored() -> None:
    submission = read_submission(CAKE_GUIDE, {**GOOD, "admin": "yes", "submission": "nonce"})

    assert set(submission.fields) == {"name", "email"}


def test_an_empty_optional_field_says_nothing() -> None:
    assert "name" not in read_submission(CAKE_GUIDE, {**GOOD, "name": "  "}).fields


def test_every_bad_field_is_named_at_once() -> None:
    found = problems(CAKE_GUIDE, {"name": "x" * 41, "email": "ada", "tips": "perhaps"})

    assert list(found) == ["name", "email", "tips"]
    assert "40" in found["name"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", None),
        ("email", ""),
        ("email", 5),
        ("email", ["ada@example.com"]),
        ("email", {"a": 1}),
        ("name", 5),
        ("name", True),
        ("name", "Ada\x00"),
        ("name", "Ada\x1b[31m"),
        ("name", "Ad\ud800a"),
        ("name", "Ädä\x07"),
        ("tips", 5),
        ("tips", ["on"]),
    ],
)
def test_a_malformed_field_is_named(field: str, value: object) -> None:
    assert list(problems(CAKE_GUIDE, {**GOOD, field: value})) == [field]


def test_a_required_consent_has_to_be_ticked() -> None:
    *others, tips = CAKE_GUIDE.fields
    form = replace(CAKE_GUIDE, fields=(*others, replace(tips, required=True)))

    assert list(problems(form, {**GOOD, "tips": ""})) == ["tips"]


def test_accents_have_one_form() -> None:
    fields = read_submission(CAKE_GUIDE, {**GOOD, "name": "A\u0308da"}).fields

    assert fields["name"] == "Äda"


@given(
    st.dictionaries(
        st.sampled_from(["name", "email", "tips", "other"]),
        st.one_of(
            st.text(), st.integers(), st.none(), st.booleans(), st.lists(st.text(), max_size=2)
        ),
    )
)
def test_whatever_is_posted_is_taken_or_refused_by_name(values: dict[str, object]) -> None:
    refused: dict[str, str] = {}
    texts: list[str] = []

    try:
        texts = list(read_submission(CAKE_GUIDE, values).fields.values())
    except InvalidSubmission as error:
        refused = error.problems

    assert bool(texts) is not bool(refused)
    assert set(refused) <= {"name", "email", "tips"}
    assert all(text.encode() for text in texts)
