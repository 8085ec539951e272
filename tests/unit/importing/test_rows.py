"""Rows of all sorts: each becomes a lead, or says by line, column and reason why not."""

from datetime import date
from pathlib import Path

import pytest

from infra.playbook import CompiledClient, compile_client
from infra.reading.problems import PlaybookProblems
from workbench.importing.preparing import Rows, beside, prepared
from workbench.importing.rows import Row
from workbench.importing.running import Told
from workbench.importing.showing import document
from workbench.importing.survey import Survey


@pytest.fixture(scope="module")
def bakery() -> CompiledClient:
    return compile_client(Path("clients/bakery"), environment="dev")


def read(
    folder: Path, content: bytes | str, bakery: CompiledClient, *, mapping: str = ""
) -> list[Row]:
    file = folder / "leads.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    if mapping:
        beside(file).write_text(mapping, encoding="utf-8")
    ready = prepared(file, bakery, mapping=beside(file) if mapping else None)
    return list(Rows(prepared=ready, compiled=bakery, key=b"a key", lenient=False)())


def whys(rows: list[Row]) -> list[tuple[int, str, str]]:
    return [(each.line, each.column, each.why) for row in rows for each in row.problems]


def test_lines_of_another_encoding_are_rejected_and_the_rest_is_read(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    good = "".join(f"ada{number}@example.com,Ädä\n" for number in range(5)).encode()
    rows = read(
        tmp_path, b"email,first_name\n" + good + "bea@example.com,Bé\n".encode("cp1252"), bakery
    )

    assert whys(rows) == [(7, "first_name", "holds bytes that aren't utf-8")]
    assert rows[0].lead is not None
    assert rows[0].lead.fields["first_name"] == "Ädä"


def test_columns_of_one_name_are_asked_back_not_guessed(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    rows = read(tmp_path, "email,email,first_name\na@example.com,b@example.com,Ada\n", bakery)
    chosen = read(
        tmp_path,
        "email,email,first_name\na@example.com,b@example.com,Ada\n",
        bakery,
        mapping='columns: {"email (2)": email}\n',
    )

    assert [row.lead.address for row in (*rows, *chosen) if row.lead] == [
        "a@example.com",
        "b@example.com",
    ]


def test_cells_beyond_the_header_are_no_leads(tmp_path: Path, bakery: CompiledClient) -> None:
    rows = read(
        tmp_path, "email,first_name\na@example.com,Ada,,\nb@example.com,Lovelace, Ada\n", bakery
    )

    assert rows[0].lead is not None
    assert [(line, column) for line, column, _ in whys(rows)] == [(3, "")]


def test_a_file_without_a_header_is_known_by_its_first_address(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    rows = read(tmp_path, "a@example.com;1\nb@example.com;2\n", bakery)

    assert [row.lead.address for row in rows if row.lead] == ["a@example.com", "b@example.com"]


@pytest.mark.parametrize("content", ["", "\n\n", "email\n", '"'])
def test_a_file_with_nobody_in_it_is_just_empty(
    tmp_path: Path, bakery: CompiledClient, content: str
) -> None:
    assert not [row for row in read(tmp_path, content, bakery) if row.lead]


def test_a_nul_a_lone_surrogate_and_an_endless_value_are_refused_by_name(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    text = f"email,first_name\na@example.com,A\x00da\nb@example.com,{'x' * 5000}\n"

    found = whys(read(tmp_path, text, bakery))

    assert [(line, column) for line, column, _ in found] == [
        (2, "first_name"),
        (3, "first_name"),
    ]


def test_every_mistake_of_a_mapping_is_told_at_once_with_what_was_meant(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    with pytest.raises(PlaybookProblems) as mistakes:
        read(
            tmp_path,
            "Mail,Vorname\na@example.com,Ada\n",
            bakery,
            mapping="headr: yes\nencoding: utf-9\n"
            "columns:\n  Mail: emal\n  Vornam: first_name\n"
            "consents: {leters: {}, letters: {basis: consnt, at: x, source: y}}\n",
        )

    told = str(mistakes.value)
    for part in (
        *("did you mean 'header'", "no encoding 'utf-9'", "did you mean 'email'"),
        *("no column 'Vornam'; did you mean 'Vorname'", "no topic 'leters'"),
        *("did you mean 'consent'", "needs `proof`"),
    ):
        assert part in told, part


def test_a_zone_and_a_country_are_what_conditions_can_ask_for(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    rows = read(
        tmp_path,
        "email,zone,country\na@example.com,Europe/Vienna,at\nb@example.com,CST6,USA\n",
        bakery,
    )

    assert rows[0].lead is not None
    assert (rows[0].lead.fields["zone"], rows[0].lead.fields["country"]) == ("Europe/Vienna", "AT")
    assert [(line, column) for line, column, _ in whys(rows)] == [(3, "zone"), (3, "country")]


def test_tools_are_told_how_a_file_was_read(tmp_path: Path, bakery: CompiledClient) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("E-Mail;Nonsense\na@example.com;1\n", encoding="utf-8")

    told = document(prepared(file, bakery, mapping=None), Told(), dry=True)

    assert (told["separator"], told["columns"]) == (";", {"E-Mail": "email"})


UPDATED = "as_of: 2026-11-19\nupdated_at: {column: At}\ncolumns: {Mail: email}\n"
TWICE = (
    "Mail,At\nada@example.com,2026-03-01\nada@example.com,2026-02-01\nbea@example.com,2030-01-01\n"
)


def test_of_two_rows_the_later_true_one_counts_wherever_it_stands(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    rows = read(tmp_path, TWICE, bakery, mapping=UPDATED)
    survey = Survey()
    survey.take(rows)

    first, second, _ = (row.lead for row in rows)
    assert first is not None
    assert second is not None
    assert survey.overtaken_by(first.lead, first.line) == 0
    assert survey.overtaken_by(second.lead, second.line) == first.line


def test_no_row_is_truer_than_its_file(tmp_path: Path, bakery: CompiledClient) -> None:
    rows = read(tmp_path, TWICE, bakery, mapping=UPDATED)

    lead = rows[-1].lead
    assert lead is not None
    assert lead.as_of.date() <= date(2026, 11, 19)
