"""Billed units, counted by the local cloud while the demo's visitors come and go."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.bill.bill import Line, Units, dollars, itemised, per_thousand_mails
from workbench.demo.people import PEOPLE
from workbench.demo.script import ACTS, DAY, START, Play
from workbench.local.deployed import DeployedTown
from workbench.local.synthesis import ROOT

SES = 0.10
GOAL = 1.65
IDLE = 2 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """``captured``: what the posts alone came to, first mails included."""

    captured: Units
    whole: Units
    idle: Units
    """What it comes to in ``IDLE`` after that, when nothing is due and nobody does anything."""
    days: float
    leads: int

    def lines(self) -> tuple[Line, ...]:
        return itemised(self.whole)

    @property
    def dollars(self) -> float:
        """Per 1,000 mails, everything counted."""
        return per_thousand_mails(self.whole)

    @property
    def standing(self) -> float:
        """Of them, what the clients cost without any mail: their daily sweep and reconciliation."""
        return self.dollars - self.besides

    @property
    def besides(self) -> float:
        """Per 1,000 mails, without that."""
        standing = dollars(self.idle) * self.days / (IDLE / DAY)
        return per_thousand_mails(self.whole, standing=standing)

    @property
    def over_ses(self) -> float:
        return self.besides / SES


def measure(told: Callable[[str], None]) -> Bill:
    with DeployedTown(
        clients=ROOT / "clients", assembly=ROOT / ".build" / "bench" / "cloud", at=START, say=told
    ) as town:
        play, captured = Play(town), Units()
        for title, act in ACTS:
            told(title)
            act(play)
            if act is Play.everybody_comes:
                captured = town.units()
        whole, days = town.units(), (town.now() - START) / DAY
        told("two days without anybody")
        play.run_until(town.now() + IDLE)
        idle = town.units().since(whole)
        return Bill(captured=captured, whole=whole, idle=idle, days=days, leads=len(PEOPLE))
