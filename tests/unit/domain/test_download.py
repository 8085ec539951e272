"""Which links open a file that a form gives, until when, and what a mail's link says of itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coldframe.domain.download import (
    IN_MAIL,
    address_of,
    addressed,
    ends_at,
    kept_for,
    opens,
    undated,
)
from coldframe.domain.playbook import StoredFile

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DAY = 86_400
HOST = "https://go.lindenbakery.example"
ADDRESS = HOST + "/files/0123456789abcdef/guide.pdf"


def guide(**forms: int) -> StoredFile:
    return StoredFile(name="guide.pdf", hash="0123456789abcdef", key="", type="", forms=forms)


def test_a_form_s_link_opens_what_the_form_gives_and_nothing_else() -> None:
    assert opens("cake", guide(cake=0))
    assert opens(IN_MAIL + "guide.pdf", guide(cake=0))
    assert not opens("contact", guide(cake=0))
    assert not opens(IN_MAIL + "prices.pdf", guide(cake=0))


def test_a_link_ends_as_its_form_declares() -> None:
    given_at = int(NOW.timestamp())

    assert ends_at("cake", guide(cake=2 * DAY), given_at) == NOW + timedelta(days=2)
    assert ends_at("cake", guide(cake=0), given_at) is None


def test_a_mail_s_link_is_good_as_long_as_any_form_s() -> None:
    in_mail = IN_MAIL + "guide.pdf"

    assert kept_for(in_mail, guide(cake=DAY, contact=3 * DAY)) == 3 * DAY
    assert kept_for(in_mail, guide(cake=DAY, contact=0)) == 0


@pytest.mark.parametrize("kept", [0, 30 * DAY])
def test_a_mail_s_link_says_since_when_it_is_good_if_it_ends(kept: int) -> None:
    target = address_of(guide(cake=kept), HOST, NOW)

    assert addressed(target) == ("guide.pdf", int(NOW.timestamp()) if kept else None)
    assert undated(target) == ADDRESS


@pytest.mark.parametrize("name", ["Café.pdf", "Price list #1.pdf", "50% off?.pdf", "a+b&c=d.pdf"])
def test_a_file_s_name_may_hold_what_an_address_may_not(name: str) -> None:
    address = address_of(replace(guide(cake=DAY), name=name), HOST, NOW)

    assert address.isascii()
    assert addressed(address) == (name, int(NOW.timestamp()))


@pytest.mark.parametrize(
    "target",
    [
        "https://www.lindenbakery.example/files/guide.pdf",
        "https://www.lindenbakery.example/?next=/files/0123456789abcdef/guide.pdf#top",
        "https://www.lindenbakery.example/?next=/files/0123456789abcdef/guide.pdf",
        "https://www.lindenbakery.example/app#/files/0123456789abcdef/guide.pdf?given=1",
        "form:cake",
        "",
    ],
)
def test_other_addresses_are_no_files_of_ours(target: str) -> None:
    assert addressed(target) == ("", None)
