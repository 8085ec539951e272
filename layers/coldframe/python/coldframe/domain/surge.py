"""Far more new leads than usual: somebody may be bombing strangers with our mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zlib import crc32

from coldframe.domain.client_pause import Pause, asks_again
from coldframe.domain.touchpoint import FORM_SUBMITTED

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile

FACTOR: Final = 10
USUAL_AT_LEAST: Final = 5
"""New leads in an hour that any client may have: a new one isn't held at eleven."""
LEARNED_FROM: Final = timedelta(days=14)
APART: Final = timedelta(seconds=2)
"""Between two leads' mails once they are released."""
LONGEST: Final = timedelta(hours=24)
REMEMBERED: Final = 50
"""Ended surges, the newest."""
TWICE: Final = 2
"""As many again as in a surge that was genuine are no new surge."""
HELD, RELEASING, DROPPED = "surge", "surge_released", "surge_dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A surge that a person has looked at: its leads came from ``since`` until ``at``."""

    since: datetime
    at: datetime
    leads: int
    busiest: int
    """Of them, in the hour that had most."""
    dropped: bool = False

    @property
    def paced_over(self) -> timedelta:
        return min(self.leads * APART, LONGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surges:
    """``since``: leads who came from then on are held until somebody looks; None: nobody is."""

    since: datetime | None = None
    found_at: datetime | None = None
    leads: int = 0
    """In the hour that was too much, when it was found to be."""
    limit: int = 0
    looked: tuple[Looked, ...] = ()
    revision: int = 0


CALM: Final = Surges()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """``until``: ask again then; None: these mails never go."""

    why: str
    until: datetime | None = None


def limit(busiest: Mapping[str, int], surges: Surges, *, hour: datetime) -> int:
    """So many new leads in this hour are still taken for usual.

    ``busiest``: day → new leads in its busiest hour. Half of the days that had any were busier:
    neither a launch nor an attack makes itself usual at once. What a person released of late was
    usual, though rare.
    """
    today, first = hour.date().isoformat(), (hour - LEARNED_FROM).date().isoformat()
    known = sorted(leads for day, leads in busiest.items() if first <= day < today and leads)
    usual = max(known[len(known) // 2] if known else 0, USUAL_AT_LEAST)
    genuine = [
        TWICE * each.busiest
        for each in surges.looked
        if not each.dropped and each.at >= hour - LEARNED_FROM
    ]
    return max([FACTOR * usual, *genuine])


def hour_of(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def begins(surges: Surges, hour: datetime) -> datetime:
    """From when on leads are held if that hour is too much: not those who were decided about."""
    return max([hour, *(each.at for each in surges.looked)])


def ended(surges: Surges, *, at: datetime, leads: int, busiest: int, dropped: bool) -> Surges:
    """A person has looked. ``leads``: who came since it began."""
    if surges.since is None:
        return surges
    last = Looked(since=surges.since, at=at, leads=leads, busiest=busiest, dropped=dropped)
    return Surges(looked=(*surges.looked, last)[-REMEMBERED:], revision=surges.revision)


def held(surges: Surges, profile: "Profile", *, due_since: datetime, now: datetime) -> Held | None:
    """Why a lead of a surge gets no mail now; None: it isn't one, or its turn has come.

    Who posted once more after its surge was dropped meant it.
    """
    came_at, lead = profile.created_at, profile.lead
    if surges.since is not None and came_at >= surges.since:
        pause = Pause(since=surges.since)
        return Held(why=HELD, until=asks_again(pause, due_since=due_since, now=now, lead=lead))
    of = next((each for each in surges.looked if each.since <= came_at < each.at), None)
    if of is None:
        return None
    if of.dropped:
        posts = profile.seen.get(FORM_SUBMITTED, ())
        return None if any(at >= of.at for at, _ in posts) else Held(why=DROPPED)
    turn = of.at + of.paced_over * (crc32(lead.encode()) / 2**32)
    return Held(why=RELEASING, until=turn) if turn > now else None
