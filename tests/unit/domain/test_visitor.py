"""Whose a browser evidently is, whatever it called itself, and however we heard of it."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from coldframe.domain.visitor import Identified, Name, NamedBy, known_again

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BY_FORM = Name(at=NOON, since=None, by=NamedBy.FORM)
AGAIN = Name(at=NOON + timedelta(hours=1), since=NOON + timedelta(hours=1), by=NamedBy.FORM)
BY_LINK = Name(at=NOON, since=NOON, by=NamedBy.LINK)
CONFIRMED = Name(at=NOON, since=None, by=NamedBy.FORM, confirmed=True)


def named(*names: Name, lead: str = "ada") -> Identified:
    first, *others = names
    found = Identified(lead=lead, by=first.by, since=first.since, evident=first.confirmed)
    for each in others:
        found = found.named_again(each)
    return found


@pytest.mark.parametrize(
    ("names", "lead"),
    [
        ((BY_FORM,), ""),
        ((BY_FORM, AGAIN), ""),
        ((BY_LINK,), ""),
        ((BY_LINK, BY_LINK), ""),
        ((CONFIRMED,), "ada"),
        ((BY_FORM, CONFIRMED), "ada"),
        ((BY_FORM, BY_LINK), "ada"),
        ((BY_FORM, AGAIN, BY_LINK), "ada"),
    ],
)
def test_who_is_known_again_confirmed_a_post_or_posted_and_read_a_mail_in_whatever_order(
    names: tuple[Name, ...], lead: str
) -> None:
    for order in permutations(names):
        assert known_again(named(*order), []) == lead


def test_what_one_browser_did_under_two_names_of_its_own_counts_together() -> None:
    assert known_again(named(BY_LINK), [named(BY_FORM)]) == "ada"
    assert known_again(named(BY_FORM), [None, named(CONFIRMED)]) == "ada"
    assert known_again(named(BY_LINK), [named(BY_LINK), None]) == ""


def test_nobody_is_known_where_anybody_else_gave_a_name() -> None:
    ada, bob = named(CONFIRMED), named(CONFIRMED, lead="bob")
    closed = Identified(lead="ada", evident=True, until=NOON)

    assert known_again(ada, [bob]) == ""
    assert known_again(bob, [ada]) == ""
    assert known_again(closed, []) == ""
    assert known_again(ada, [closed]) == ""


def test_who_calls_itself_something_new_is_nobody_until_it_gives_its_name() -> None:
    assert known_again(None, [named(CONFIRMED)]) == ""
