"""`coldframe preview` from the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.unit.playbook.folders import bakery
from workbench.cli import app


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "no client 'nowhere'"),
        (["bakery", "case-studi"], "no mail 'case-studi'; did you mean 'case-study'?"),
        (["bakery", "case-study", "--lead", "first name"], "is no field"),
        (["bakery", "case-study", "--to", "eve@example.com"], "is no tester of this client"),
        (["bakery", "--to", "rosa@lindenbakery.example"], "name the mail"),
    ],
)
def test_what_cant_be_done_is_said_and_ends_with_2(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    bakery(tmp_path)

    result = CliRunner().invoke(app, ["preview", *arguments, "--clients", str(tmp_path)])

    assert result.exit_code == 2
    assert said in result.output
