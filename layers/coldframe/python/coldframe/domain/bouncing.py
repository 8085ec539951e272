"""When bounces that each pass by add up to an address that takes no mail."""

from collections.abc import Iterable
from datetime import datetime

from coldframe.domain.email_event import Bounce
from coldframe.domain.message import Message

IN_A_ROW = 5
SOFT_RUN = "soft_bounces"
"""Why such an address is shut off."""


def shut_by_soft_bounces(messages: Iterable[Message]) -> datetime | None:
    """The first of so many soft bounces with no delivery between; None while there is hope.

    A function of the set of messages. It is the first instant, because a delivery that is told
    late breaks the row exactly if it is later than that.
    """
    known = list(messages)
    last = last_delivery(known)
    row = [
        one.bounced_at
        for one in known
        if one.bounced_at and one.bounce == Bounce.SOFT and (last is None or one.bounced_at > last)
    ]
    return min(row) if len(row) >= IN_A_ROW else None


def last_delivery(messages: Iterable[Message]) -> datetime | None:
    return max((one.delivered_at for one in messages if one.delivered_at), default=None)
