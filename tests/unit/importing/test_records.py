"""Files as people have them: quotes that stay open, endless cells, any separator, any encoding."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.importing.records import LONGEST, MOST_LINES, Record, Shape, parsed, records
from workbench.importing.sensing import sensed_encoding, sensed_separator
from workbench.importing.source import LeadFile

SPECTRUM = Path(__file__).parents[4] / "shared" / "data" / "input" / "csv-spectrum"
GOOD = "ada@example.com,Ada\n"


def read(text: str, separator: str = ",") -> list[Record]:
    return list(parsed(text.splitlines(keepends=True), separator=separator))


def spectrum() -> list[Path]:
    return sorted(SPECTRUM.glob("*.csv"))


@pytest.mark.skipif(not SPECTRUM.exists(), reason="the samples are not part of the product")
def test_each_sample_of_the_csv_spectrum_is_read_as_it_says() -> None:
    for sample in spectrum():
        encoding = sensed_encoding(sample).name
        with sample.open(encoding=encoding, newline="") as lines:
            shape = Shape(encoding=encoding, separator=sensed_separator(lines).sign)
        header, *rows = records(sample, shape)
        found = [dict(zip(header.cells, row.cells, strict=True)) for row in rows]
        # The samples' own line ends were made alike, so `\r\n` within a cell is `\n` here.
        wanted = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
        same = [{k: v.replace("\r\n", "\n") for k, v in each.items()} for each in wanted]
        assert found == same, sample.name


def test_a_quote_that_nobody_closes_costs_its_own_line_alone() -> None:
    found = read(f'mail,name\n{GOOD}"bea@example.com,Bea\n' + GOOD * 3)

    assert [each.line for each in found] == [1, 2, 3, 4, 5, 6]
    assert [each.line for each in found if each.problem] == [3]
    assert "never closed" in found[2].problem


def test_so_does_one_that_is_closed_hundreds_of_lines_later() -> None:
    found = read('a,b\n"x,1\n' + "l,2\n" * (MOST_LINES + 10) + '",3\n')

    assert found[1].problem
    assert len([each for each in found if each.cells == ("l", "2")]) == MOST_LINES + 10


def test_what_follows_a_closing_quote_is_told_and_the_next_line_is_read() -> None:
    found = read('a,b\n1,"x"y\n2,z\n')

    assert "written twice" in found[1].problem
    assert found[2] == Record(line=3, cells=("2", "z"))


def test_an_endless_cell_is_no_cell() -> None:
    found = read(f"a,b\n{'x' * (LONGEST + 1)},1\n2,3\n")

    assert "longer than" in found[1].problem
    assert found[2].cells == ("2", "3")


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    found = read('a,b\n\n"one\ntwo",1\n,\nx,2\n')

    assert [(each.line, each.cells) for each in found] == [
        *((1, ("a", "b")), (3, ("one\ntwo", "1"))),
        (6, ("x", "2")),
    ]


@given(st.lists(st.text('ab,;"\n\r\t\x00é', max_size=12), max_size=30))
def test_whatever_stands_in_a_file_it_comes_to_an_end_and_names_lines_in_order(
    lines: list[str],
) -> None:
    text = [f"{line}\n" for line in lines]

    found = list(parsed(iter(text), separator=","))

    numbers = [each.line for each in found]
    assert numbers == sorted(set(numbers))
    assert all(1 <= number <= len(text) for number in numbers)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_what_gives_all_records_the_same_cells(separator: str) -> None:
    rows = [["mail", "name", "note"], ["ada@example.com", "Ada", '"yes, no; or | so"']] * 4

    found = sensed_separator(separator.join(row) + "\n" for row in rows)

    assert found.sign == separator


def test_a_spreadsheets_own_first_line_tells_the_separator(tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("sep=;\nmail;name\nada@example.com;Ada\n", encoding="utf-8")

    sign = sensed_separator(file.read_text(encoding="utf-8").splitlines(keepends=True)).sign
    source = LeadFile(path=file, shape=Shape(separator=sign))

    assert (sign, source.header()) == (";", ("mail", "name"))
    assert [each.line for each in source.body()] == [3]


def written(folder: Path, content: bytes) -> Path:
    file = folder / "leads.csv"
    file.write_bytes(content)
    return file


LETTERS = {
    "cp1252": "Müller;Köln;Größe\nJosé;Málaga;çà et là\n",
    "cp1251": "Иванов Сергей;Москва\nПетрова Анна;Казань\n",
    "shift_jis": "山田太郎;東京都\n鈴木花子;大阪府\n",
    "cp1253": "Παπαδόπουλος;Αθήνα\nΜαρία;Πάτρα\n",
}


@pytest.mark.parametrize("encoding", LETTERS)
def test_the_encoding_is_guessed_by_the_letters(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path, (LETTERS[encoding] * 5).encode(encoding))

    assert sensed_encoding(file).name == encoding


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_unicode_is_known_for_what_it_is(tmp_path: Path, encoding: str) -> None:
    text = "mail,name\nada@example.com,Ädä\n" * 4
    file = written(tmp_path, text.encode(encoding))

    found = sensed_encoding(file).name

    assert [each.cells for each in records(file, Shape(encoding=found))] == [
        *([("mail", "name"), ("ada@example.com", "Ädä")] * 4),
    ]


def test_a_few_broken_lines_dont_make_the_whole_file_another_encoding(tmp_path: Path) -> None:
    lines = ["Ä,Köln\n".encode()] * 9 + ["Ü,Wörgl\n".encode("cp1252")]
    found = sensed_encoding(written(tmp_path, b"".join(lines)))

    assert (found.name, found.broken) == ("utf-8", 1)


def test_bytes_of_no_meaning_are_read_all_the_same(tmp_path: Path) -> None:
    file = written(tmp_path, Random(7).randbytes(20_000))  # noqa: S311 - any bytes

    found = sensed_encoding(file).name

    assert all(each.line for each in records(file, Shape(encoding=found)))


def endless() -> Iterator[str]:
    while True:
        yield "ada@example.com,Ada\n"


def test_a_sample_is_enough_to_tell_a_separator() -> None:
    assert sensed_separator(endless()).sign == ","
