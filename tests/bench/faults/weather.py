"""What goes wrong between an operation and its answer: deaths, lost answers, conflicts, waiting."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from greenlet import getcurrent, greenlet  # type: ignore[import-untyped]  # no stubs are pinned

from coldframe.domain.errors import StaleLead, Transient
from tests.bench.faults.crew import Crew
from tests.fakes.writes import Crash, Writes

TRANSACTIONS = ("ledger.claim", "profiles.save", "observations.save")
CALLS_SES = "mailer.send"


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """Of every single operation, or of every call to SES."""

    dies: float = 0.006
    """Before it, and once more after it."""
    faulty: float = 0.008
    """The table throttles or breaks, and nothing is done."""
    lost: float = 0.004
    """It is done, and nobody hears so."""
    conflict: float = 0.02
    slow: float = 0.01
    unheard: float = 0.03
    """An invocation is given up while it goes on; another one does its work beside it."""
    twice: float = 0.2
    """A record is delivered again."""
    opts_out: float = 0.03
    """Whenever a lead's gate is read, a little later."""
    complains: float = 0.005
    converts: float = 0.01
    ses_loses_answer: float = 0.03
    ses_breaks: float = 0.03
    ses_throttles: float = 0.06
    ses_unreachable: float = 0.02
    ses_refuses: float = 0.01
    ses_denies: float = 0.01


CALM = Odds(**dict.fromkeys(Odds.__slots__, 0.0))


@dataclass(slots=True, kw_only=True)
class Weather(Writes):
    crew: Crew
    chance: Random
    odds: Odds
    seen: Counter[str] = field(default_factory=Counter)
    deadlines: dict[greenlet, datetime] = field(default_factory=dict)

    def reading(self) -> None:
        self._takes_time()
        self.operations += 1
        if self.happens("the table throttled or broke", self.odds.faulty):
            raise Transient("InternalServerError")

    @contextmanager
    def __call__(self, what: str) -> Iterator[None]:
        self._takes_time()
        self.operations += 1
        self._dies("before")
        if what != CALLS_SES:
            self._refuses(what)
        yield
        self._dies("after")
        if what != CALLS_SES and self.happens("an answer of the table was lost", self.odds.lost):
            raise Transient("ReadTimeoutError")

    def happens(self, what: str, odds: float) -> bool:
        """Drawn and counted."""
        if self.chance.random() >= odds:
            return False
        self.seen[what] += 1
        return True

    @contextmanager
    def invocation(self, seconds: float) -> Iterator[None]:
        """Killed after so many seconds, whatever it is about."""
        hand = getcurrent()
        outer = self.deadlines.get(hand)
        self.deadlines[hand] = self.crew.clock.at + timedelta(seconds=seconds)
        try:
            yield
        finally:
            self.deadlines.pop(hand)
            if outer:
                self.deadlines[hand] = outer

    def _takes_time(self) -> None:
        slow = self.happens("an operation took seconds", self.odds.slow)
        self.crew.sleep(self.chance.expovariate(0.3 if slow else 120.0))
        deadline = self.deadlines.get(getcurrent())
        if deadline and self.crew.clock.at > deadline:
            self.seen["a function ran out of time"] += 1
            raise Crash("out of time")

    def _dies(self, when: str) -> None:
        if self.happens(f"a function died {when} a write", self.odds.dies):
            raise Crash(when)

    def _refuses(self, what: str) -> None:
        if what.startswith(TRANSACTIONS) and self.happens("a conflict", self.odds.conflict):
            raise StaleLead("TransactionConflict")
        if self.happens("the table throttled or broke", self.odds.faulty):
            raise Transient("InternalServerError")
