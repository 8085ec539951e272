"""`ask: 2` on a form, and links to forms of ours in mails."""

from pathlib import Path

import pytest

from infra.playbook import compile_client
from tests.unit.playbook.folders import bakery, edit, mistakes


@pytest.mark.parametrize("number", ["0", "6"])
def test_a_form_asks_for_few_at_once(tmp_path: Path, number: str) -> None:
    folder = bakery(tmp_path)
    edit(folder, "forms/wedding-cake.yaml", "ask: 2", f"ask: {number}")

    (told,) = mistakes(folder)

    assert "write a number from 1 to 5" in told


def test_what_it_says_is_compiled(tmp_path: Path) -> None:
    forms = compile_client(bakery(tmp_path), environment="dev").forms

    assert (forms["wedding-cake"].ask, forms["cake-guide"].ask) == (2, 0)


def test_a_link_to_a_form_that_is_none_is_said_with_what_was_meant(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, "emails/case-study.md", "form:wedding-cake", "form:weding-cake")

    (told,) = mistakes(folder)

    assert "there is no form 'weding-cake' in forms/; did you mean 'wedding-cake'?" in told
