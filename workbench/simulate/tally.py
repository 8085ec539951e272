"""What many leads came to, added up: the sum of two parts is the whole, in any order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields


@dataclass(slots=True, kw_only=True)
class Tally:
    leads: int = 0
    entered: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    """Leads that came to it."""
    mailed: Counter[str] = field(default_factory=Counter)
    """By step, as all that follows."""
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(step, what happened there), but for mails: `withheld: no_consent`, `put off: capped`, …"""
    opened: Counter[str] = field(default_factory=Counter)
    clicked: Counter[str] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    """Replies, unsubscribes, complaints, bounces; scanners' follows, and those that passed."""
    ended: Counter[str] = field(default_factory=Counter)
    inside: int = 0
    mails_per_lead: Counter[int] = field(default_factory=Counter)
    most_in_a_week: Counter[int] = field(default_factory=Counter)
    """Leads by the most mails they got in any seven days."""
    seconds_inside: float = 0
    goals: list[int] = field(default_factory=list)
    """Seconds from entering to the goal."""
    in_time: int = 0
    shares: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(split, share) → leads."""
    share_goals: Counter[tuple[str, str]] = field(default_factory=Counter)
    share_mails: Counter[tuple[str, str]] = field(default_factory=Counter)
    transitions: int = 0

    def add(self, other: Tally) -> None:
        for each in fields(self):
            mine, its = getattr(self, each.name), getattr(other, each.name)
            if isinstance(mine, Counter):
                mine.update(its)
            elif isinstance(mine, list):
                mine.extend(its)
            else:
                setattr(self, each.name, mine + its)

    @property
    def mails(self) -> int:
        return sum(self.mailed.values())
