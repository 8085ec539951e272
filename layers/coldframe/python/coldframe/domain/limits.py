"""How many mails a lead gets, and at which hours none: what the client's folder says of both."""

from dataclasses import dataclass

from coldframe.domain.conditions.nodes import Condition

MAILS = "mails"
TEXTS = "texts"
"""Channels that caps count."""
WEEK = "week"
MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapRule:
    """At most ``mails`` marketing messages in any ``days`` calendar days of the lead's zone, or
    ``per`` calendar week or month of it."""

    mails: int
    days: int = 0
    per: str = ""
    channel: str = MAILS
    kinds: tuple[str, ...] = ()
    """Of mails; empty: of any kind, and so with topics."""
    topics: tuple[str, ...] = ()
    when: Condition | None = None
    """For which leads; None: for all."""

    def __post_init__(self) -> None:
        if self.mails < 1 or self.longest < 1:
            raise ValueError(
                f"a cap of {self.mails} mails in {self.days} days lets nothing through"
            )

    @property
    def longest(self) -> int:
        """Days that it may look back."""
        return {WEEK: 7, MONTH: 31}.get(self.per, self.days)

    @property
    def scope(self) -> str:
        """Under which name a gate counts for it; empty: under that of all mails."""
        parts = ("" if self.channel == MAILS else self.channel, *self.kinds, *self.topics)
        return " ".join(filter(None, parts))

    @property
    def words(self) -> str:
        """``3 mails in 7 days``, ``1 promotion mail a week``."""
        kinds = f"{' or '.join(self.kinds)} " if self.kinds else ""
        what = self.channel if self.mails > 1 else self.channel.removesuffix("s")
        of = f" of {' or '.join(self.topics)}" if self.topics else ""
        days = f"in {self.days} days" if self.days > 1 else "a day"
        span = f"a {self.per}" if self.per else days
        return f"{self.mails} {kinds}{what}{of} {span}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """Local minutes of the day; ``start`` > ``end`` runs over midnight."""

    start: int
    end: int
