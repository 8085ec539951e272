"""Letters that every phone has, and how many messages a text takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.text_length import folded, foreign, messages


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Käse für 5 €", "Käse für 5 €"),
        ("It’s “done” – now…", 'It\'s "done" - now...'),
        ("Zoë, São, Łódź", "Zoe, Sao, Lodz"),
        ("cake 🎂!", "cake !"),
    ],
)
def test_a_text_is_brought_as_near_as_such_letters_come(written: str, read: str) -> None:
    assert folded(written) == read


@given(st.text())
def test_nothing_foreign_is_left(text: str) -> None:
    assert foreign(folded(text)) == []
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 1), ("x" * 160, 1), ("x" * 161, 2), ("x" * 306, 2), ("x" * 307, 3), ("€" * 81, 2)],
)
def test_a_longer_text_has_less_room_in_each_of_its_messages(text: str, count: int) -> None:
    assert messages(text) == count
