"""Signs that a post came from a program or from somebody with another's address, weighed."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

LIMIT: Final = 10
"""So many points, and a post waits for a person's eye."""


class Sign(StrEnum):
    TRAPPED = "trapped"
    """A field was filled in that nobody sees."""
    FORGED = "forged_token"
    """It says when the form was shown, but not in our hand."""
    TOO_FAST = "too_fast"
    TOO_OLD = "too_old"
    UNDATED = "undated"
    """It doesn't say when the form was shown: from a page of the client's own, or a program."""
    ELSEWHERE = "elsewhere"
    """Posted from a page that isn't the client's."""
    NOWHERE = "nowhere"
    """Posted from no page at all, as programs do, and some honest servers."""
    LINK = "link"
    """A name or another short text holds an address of the web."""
    DISPOSABLE = "disposable"
    SAME_ADDRESS = "same_address"
    """One address was posted again and again within minutes."""
    SAME_NETWORK = "same_network"
    """So was everything else from one network."""


POINTS: Final = {
    Sign.TRAPPED: 10,
    Sign.FORGED: 8,
    Sign.TOO_FAST: 6,
    Sign.TOO_OLD: 2,
    Sign.UNDATED: 1,
    Sign.ELSEWHERE: 7,
    Sign.NOWHERE: 1,
    Sign.LINK: 6,
    Sign.DISPOSABLE: 4,
    Sign.SAME_ADDRESS: 10,
    Sign.SAME_NETWORK: 10,
}
"""No single sign but the trap and a flood is enough: people use old tabs, proxies and odd mail."""


def points(signs: Collection[Sign]) -> int:
    return sum(POINTS[sign] for sign in signs)


def is_suspect(signs: Collection[Sign]) -> bool:
    return points(signs) >= LIMIT
