"""Cells as spreadsheets and other tools write them become the one spelling that is kept."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from infra.playbook.declared import DeclaredField, FieldType, Option, Words
from workbench.importing.cells import BadCell, Reader, fitting_formats, instant
from workbench.importing.columns import guessed, labelled, targets
from workbench.importing.mapping import Column

FILLING = (
    Option(value="lemon", label=Words(text="Lemon cream", by_language={"de": "Zitronencreme"})),
)


def value(kind: FieldType, text: str, **how: str) -> str:
    declared = DeclaredField(
        name="it", about="it", type=kind, label=Words(text="It"), options=FILLING
    )
    return Reader(declared=declared, column=Column(field="it", **how))(text)


@pytest.mark.parametrize(
    ("kind", "text", "how", "kept"),
    [
        (FieldType.EMAIL, " Ada@Example.COM ", {}, "ada@example.com"),
        (FieldType.PHONE, "0664 1234567", {"country": "AT"}, "+436641234567"),
        (FieldType.PHONE, "+49 (30) 1234-567", {}, "+49301234567"),
        (FieldType.DATE, "01.05.2027", {"format": "DD.MM.YYYY"}, "2027-05-01"),
        (FieldType.DATE, "5/1/27", {"format": "M/D/YY"}, "2027-05-01"),
        (FieldType.DATE, "2027-05-01 00:00:00", {}, "2027-05-01"),
        (FieldType.DATE, "1809129600", {"format": "unix"}, "2027-05-01"),
        (FieldType.NUMBER, "1.234,50", {"decimal": ","}, "1234.5"),
        (FieldType.NUMBER, "1,234.50", {"decimal": "."}, "1234.5"),
        (FieldType.NUMBER, "-3", {}, "-3"),
        (FieldType.CHOICE, "ZITRONENCREME", {}, "lemon"),
        (FieldType.BOOLEAN, "Ja", {}, "true"),
        (FieldType.BOOLEAN, "0", {}, "false"),
        (FieldType.TEXT, "  two\nlines ", {}, "two\nlines"),
        (FieldType.TEXT, "   ", {}, ""),
    ],
)
def test_a_cell_is_kept_in_one_spelling(
    kind: FieldType, text: str, how: dict[str, str], kept: str
) -> None:
    assert value(kind, text, **how) == kept


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (FieldType.EMAIL, "ada(at)example.com", "has an @"),
        (FieldType.PHONE, "0664 1234567", "say `country:`"),
        (FieldType.PHONE, "9" * 400, "no telephone"),
        (FieldType.DATE, "31.02.2027", "no date like"),
        (FieldType.DATE, "soon", "no date like"),
        (FieldType.NUMBER, "1,234", "a number"),
        (FieldType.NUMBER, "NaN", "a number"),
        (FieldType.CHOICE, "vanilla", "none of the choices: lemon"),
        (FieldType.BOOLEAN, "perhaps", "neither yes nor no"),
        (FieldType.TEXT, "a\x00b", "can't be kept"),
        (FieldType.TEXT, "x" * 2001, "at most 2000"),
    ],
)
def test_what_cant_be_kept_says_why(kind: FieldType, text: str, why: str) -> None:
    with pytest.raises(BadCell, match=why):
        value(kind, text)


def test_a_time_without_a_zone_is_the_clients() -> None:
    told = instant("2025-03-01 10:00", "", ZoneInfo("Europe/Vienna"))

    assert told.astimezone(UTC).hour == 9


@pytest.mark.parametrize("text", ["nan", "inf", "1e30", "-1e30", "9" * 40])
def test_a_time_beyond_all_clocks_is_none(text: str) -> None:
    with pytest.raises(BadCell):
        instant(text, "unix", ZoneInfo("UTC"))


def test_a_column_of_dates_tells_its_format_if_one_alone_fits() -> None:
    assert fitting_formats(["13.05.2027", "01.06.2027"]) == ["DD.MM.YYYY"]
    assert fitting_formats(["01/06/2027"]) == ["DD/MM/YYYY", "MM/DD/YYYY"]


def test_columns_are_known_by_names_labels_and_what_imports_call_them() -> None:
    phone = DeclaredField(
        name="phone",
        about="",
        type=FieldType.PHONE,
        label=Words(text="Telephone", by_language={"de": "Telefon"}),
        aliases=("mobile",),
    )
    known = targets({"phone": phone, "email": DeclaredField(name="email", about="", label=Words(text="Email"), type=FieldType.EMAIL)})  # fmt: skip  # noqa: E501

    found = guessed(("E-Mail Address", "TELEFON", "Mobile", "Country"), known)

    assert found == {"E-Mail Address": "email", "TELEFON": "phone", "Country": "country"}


def test_columns_of_one_name_are_told_apart() -> None:
    assert labelled(["Name", "", " Name ", "Name"]) == ("Name", "column 2", "Name (2)", "Name (3)")
