"""A client's marketing mails are paused as a whole: what waits, how long, and what is dropped."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

SOONEST, LATEST = timedelta(minutes=15), timedelta(hours=6)
"""When a mail that waits asks again: ever later, so that a long pause costs little."""
PATIENCE = 4
"""It asks again after a quarter of the time that it has waited."""
TOO_LONG = timedelta(days=3)
"""What a pause held up for longer is dropped: its moment is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    since: datetime
    why: str = ""
    resumed_at: datetime | None = None
    """It stays known after its end: what it held up for too long isn't sent late."""


def over(pause: Pause, *, due_since: datetime, now: datetime) -> bool:
    """The mail was held up too long to be sent at all."""
    return (pause.resumed_at or now) - max(pause.since, due_since) > TOO_LONG


def asks_again(pause: Pause, *, due_since: datetime, now: datetime, lead: str) -> datetime | None:
    """When a mail may ask again; None when nothing is paused.

    Leads who wait since the same moment come back apart, so that the end of a pause is no flood.
    """
    if pause.resumed_at is not None and pause.resumed_at <= now:
        return None
    waited = now - max(pause.since, due_since)
    pause_for = min(max(waited / PATIENCE, SOONEST), LATEST)
    share = crc32(lead.encode()) / 2**32
    return now + pause_for * (1 + share)
