"""Which enrolment of the replay is which of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.replay.outcome import Passage


def matched(
    was: Sequence[Passage], now: Sequence[Passage]
) -> Iterator[tuple[Passage | None, Passage | None]]:
    """By how they began, else by their ids; those without another come alone."""
    left, right = list(was), list(now)
    for same in (_began, _is):
        for before in list(left):
            after = next((each for each in right if same(before, each)), None)
            if after is not None:
                left.remove(before)
                right.remove(after)
                yield before, after
    yield from ((before, None) for before in left)
    yield from ((None, after) for after in right)


def _began(one: Passage, other: Passage) -> bool:
    began = (one.journey, one.key, one.entered_at)
    return began == (other.journey, other.key, other.entered_at)


def _is(one: Passage, other: Passage) -> bool:
    return one.id == other.id
