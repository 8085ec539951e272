"""Spellings of one mailbox are one; what may be another person's stays apart."""

import pytest

from coldframe.domain.mailbox import mailbox_id, mailbox_of


@pytest.mark.parametrize(
    ("typed", "read_at"),
    [
        ("ada@example.com", "ada@example.com"),
        ("ada+1@example.com", "ada@example.com"),
        ("ada+1+2@example.com", "ada@example.com"),
        ("a.d.a+cake@googlemail.com", "ada@gmail.com"),
        ("a.d.a@proton.me", "ada@proton.me"),
        ("a-d_a+x@pm.me", "ada@proton.me"),
        ("ada@me.com", "ada@icloud.com"),
        ("ada-byron@ya.ru", "ada.byron@yandex.ru"),
        ("shop@ada.fastmail.com", "ada@fastmail.com"),
    ],
)
def test_what_a_provider_takes_for_the_same_is_the_same(typed: str, read_at: str) -> None:
    assert mailbox_of(typed) == read_at


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.da@example.com", "ada@example.com"),
        ("ada@lovelace.example", "ada@mail.lovelace.example"),
        ("ada@lovelace.example", "byron@lovelace.example"),
        ("ada-byron@example.com", "ada@example.com"),
        ("+1@example.com", "+2@example.com"),
        ("...@gmail.com", "..@gmail.com"),
        ("ada@outlook.com", "ada@hotmail.com"),
    ],
)
def test_what_may_be_two_people_is_two(one: str, other: str) -> None:
    assert mailbox_of(one) != mailbox_of(other)


def test_its_id_tells_nothing_without_the_key() -> None:
    assert mailbox_id(b"one", "ada+1@example.com") == mailbox_id(b"one", "ada@example.com")
    assert mailbox_id(b"one", "ada@example.com") != mailbox_id(b"other", "ada@example.com")
    assert "ada" not in mailbox_id(b"one", "ada@example.com")
