"""Domains and names that others list are known to us as what they are, but for a counted few."""

import json
from pathlib import Path

import pytest

from coldframe.adapters.addresses import DISPOSABLE, FREE, LISTS, AddressLists
from coldframe.domain.address_hints import BIG, ROLES
from infra.playbook.address_lists import write_lists

LISTED = Path(__file__).parents[4] / "shared" / "data" / "lists"
pytestmark = pytest.mark.skipif(not LISTED.exists(), reason="the lists are not here")


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> AddressLists:
    folder = tmp_path_factory.mktemp("playbook")
    write_lists(folder / LISTS)
    return AddressLists(lambda: folder)


def test_disposable_domains_are_known_but_for_one_in_a_thousand(lists: AddressLists) -> None:
    listed = [line for line in (LISTED / "disposable_domains.txt").read_text().split() if line]
    missed = [each for each in listed if DISPOSABLE not in lists.marks(f"ada@{each}")]

    assert len(listed) > 8000
    assert len(missed) <= len(listed) / 1000


def test_free_mail_domains_are_known_as_free_or_as_disposable(lists: AddressLists) -> None:
    """That list names both, and thousands of throw-away names below free domains."""
    listed = json.loads((LISTED / "free_email_domains_kikobeats.json").read_text())
    known = [each for each in listed if {FREE, DISPOSABLE} & set(lists.marks(f"ada@{each}"))]

    assert len(known) > 0.9 * len(listed)


def test_no_big_provider_is_taken_for_a_business_or_a_throw_away(lists: AddressLists) -> None:
    for domain in BIG:
        assert FREE in lists.marks(f"ada@{domain}"), domain
        assert DISPOSABLE not in lists.marks(f"ada@{domain}"), domain


def test_no_persons_name_is_a_role() -> None:
    listed = set(json.loads((LISTED / "role_accounts_mixmax.json").read_text()))

    assert len(ROLES & listed) > 90
    assert not ROLES & {"ada", "maria", "john", "li", "mohamed", "rosa", "jonas"}
