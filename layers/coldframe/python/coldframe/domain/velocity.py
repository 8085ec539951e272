"""How many different posts one mailbox, or one network, may send within a few minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from coldframe.domain.suspicion import Sign
from coldframe.domain.touchpoint import FORM_SUBMITTED, Touchpoint, short_hash

WINDOW: Final = timedelta(minutes=10)
FROM_ADDRESS: Final = 5
FROM_NETWORK: Final = 100
"""An office, a school or a mobile provider stands behind one network: a flood is far more."""
RELEASED: Final = "released"
"""In a post's data: a person has looked at it and let it go."""
_POST: Final = 10
"""Characters that tell a window's posts apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A post's place in one window: there are ``most``, and who has one keeps it."""

    of: str
    """A keyed hash: neither address nor network can be told from it."""
    window: datetime
    post: str
    most: int
    sign: Sign


def paces_of(touchpoint: Touchpoint) -> Iterator[Pace]:
    """None for what was released by a person, or isn't a form's post.

    A window is by the clock, not by the posts in it: whatever order they are heard of in, and
    however often, the same number gets in.
    """
    if touchpoint.kind != FORM_SUBMITTED or touchpoint.data.get(RELEASED):
        return
    window = touchpoint.received_at - (
        (touchpoint.received_at - datetime(2000, 1, 1, tzinfo=UTC)) % WINDOW
    )
    post = short_hash(touchpoint.lead, touchpoint.id)[:_POST]
    limits = {
        "mailbox": (FROM_ADDRESS, Sign.SAME_ADDRESS),
        "network": (FROM_NETWORK, Sign.SAME_NETWORK),
    }
    for name, (most, sign) in limits.items():
        if of := touchpoint.data.get(name):
            yield Pace(of=str(of), window=window, post=post, most=most, sign=sign)
