"""The client's share of what the account may send: in a second, in 24 hours, while it warms up.

Mails stand in one line, and a turn in it *is* the instant at which the mail goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile

LONGEST_NAP: Final = timedelta(seconds=5)
"""A turn that comes so soon is slept for; a later one is come back for."""
KEPT_FOR: Final = timedelta(minutes=10)
"""Who comes so late for its turn still has it."""
ONE_IN: Final = 5
"""Every fifth turn is kept for what leads ask for: it never stands behind marketing."""
LATELY: Final = timedelta(days=30)
FIRST_PART: Final = 3
"""In the first third of a warm-up only those are mailed who were there lately."""
IN_LINE: Final = "in_line"
WARMING_UP: Final = "warming_up"
DAY_FULL: Final = "day_full"
STRANGER: Final = "not_there_lately"
"""Why a mail waits."""
WAITS_FOR_A_TURN: Final = frozenset({IN_LINE, WARMING_UP, DAY_FULL})
SECOND: Final = 1000
HOUR: Final = 3600 * SECOND
MOST: Final = 50_000_000
"""Mails a day that no ramp goes beyond."""
WINDOW: Final = 24
"""Hours that SES looks back, from any instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUp:
    """A new sender is trusted by and by: so many marketing mails on the first day, then more."""

    since: str
    """The first day, by UTC, as 2026-12-01."""
    first: int
    grows: int
    """Percent from day to day."""
    days: int = 45

    def limit_on(self, day: date) -> int | None:
        """None: it is over. Before its first day, that of the first day."""
        number = max(0, (day - date.fromisoformat(self.since)).days)
        if number >= self.days:
            return None
        return min(MOST, int(self.first * (1 + self.grows / 100) ** number))

    @property
    def for_all_from(self) -> datetime:
        """From when on it writes to leads who weren't there for long, too."""
        day = date.fromisoformat(self.since) + timedelta(days=self.days // FIRST_PART)
        return datetime.combine(day, time(), UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    rate: int
    """Mails a second."""
    a_day: int = 0
    """Mails in any 24 hours; 0: whatever the account may."""
    warm_up: WarmUp | None = None

    def step(self, *, requested: bool) -> int:
        """Milliseconds from one turn to the next: together they make the rate."""
        of_five = 1 if requested else ONE_IN - 1
        return -(-SECOND * ONE_IN // (self.rate * of_five))

    def limit_at(self, ms: int) -> tuple[int, str]:
        """Mails within 24 hours at that instant, and which rule says so; 0: none does."""
        day = datetime.fromtimestamp(ms / SECOND, UTC).date()
        warm = self.warm_up.limit_on(day) if self.warm_up else None
        if warm is not None and (not self.a_day or warm < self.a_day):
            return warm, WARMING_UP
        return self.a_day, DAY_FULL

    @property
    def limited(self) -> bool:
        return bool(self.a_day or self.warm_up)

    def waits_for_others(self, profile: "Profile", now: datetime) -> datetime | None:
        """Until when this lead stands back for those who were there lately; None: it doesn't."""
        if self.warm_up is None or now >= self.warm_up.for_all_from:
            return None
        seen = profile.last_seen
        return None if seen and seen > now - LATELY else self.warm_up.for_all_from

    @property
    def said(self) -> str:
        """A line that was made under other rules begins anew."""
        warm = self.warm_up
        told = (warm.since, warm.first, warm.grows, warm.days) if warm else ()
        return "/".join(map(str, (self.rate, self.a_day, *told)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Where the line ends, in milliseconds since 1970; hours are counted from there, too."""

    next: int = 0
    """The first turn that is free for marketing."""
    asked: int = 0
    """The first that is free for what leads ask for."""
    hour: int = 0
    """Whose mails ``mails`` counts: that of the latest turn."""
    mails: int = 0
    past: Mapping[int, int] = field(default_factory=dict)
    """Hour → mails, of the hours before it that may still count."""
    why: str = IN_LINE
    """What put the line off last."""

    def end(self, *, requested: bool) -> int:
        return self.asked if requested else self.next

    def within(self, hour: int) -> int:
        """Mails in that hour and the 24 before: what any 24 hours that end in it may hold."""
        counts = {**self.past, self.hour: self.mails}
        return sum(mails for at, mails in counts.items() if hour - WINDOW <= at <= hour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    at: datetime
    why: str
    """What stands before it, if that is long."""


def next_turn(allowance: Allowance, line: Line, now: int, *, requested: bool) -> tuple[int, Line]:
    """The turn, and the line after it.

    What was asked for is counted, and never waits for a day's limit.
    """
    waiting = line.end(requested=requested)
    turn, why = max(now, waiting), line.why if waiting > now else IN_LINE
    if allowance.limited and not requested:
        turn, why = _with_room(allowance, line, turn, why)
    hour = max(turn // HOUR, line.hour) if allowance.limited else line.hour
    if hour != line.hour:
        counts = {**line.past, line.hour: line.mails}
        past = {at: mails for at, mails in counts.items() if mails and at >= hour - WINDOW}
        line = replace(line, hour=hour, mails=0, past=past)
    after = turn + allowance.step(requested=requested)
    line = replace(line, mails=line.mails + 1)
    return turn, replace(line, asked=after) if requested else replace(line, next=after, why=why)


def _with_room(allowance: Allowance, line: Line, turn: int, why: str) -> tuple[int, str]:
    """The first turn whose 24 hours aren't full; at the latest when all that counts is over."""
    hour = max(turn // HOUR, line.hour)
    while (limit := allowance.limit_at(turn))[0] and line.within(hour) >= limit[0]:
        hour, why = hour + 1, limit[1]
        turn = hour * HOUR
    return turn, why
