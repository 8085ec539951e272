"""Billed units, counted by the local cloud while the demo's visitors come and go."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.bill.bill import Line, Units, itemised, per_thousand_mails
from workbench.demo.people import PEOPLE
from workbench.demo.script import ACTS, START, Play
from workbench.local.deployed import DeployedTown
from workbench.local.synthesis import ROOT

SES = 0.10
GOAL = 1.65


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """``captured``: what the posts alone came to, first mails included."""

    captured: Units
    whole: Units
    leads: int

    def lines(self) -> tuple[Line, ...]:
        return itemised(self.whole)

    @property
    def dollars(self) -> float:
        """Per 1,000 mails, everything counted."""
        return per_thousand_mails(self.whole)

    @property
    def over_ses(self) -> float:
        return self.dollars / SES


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
        return Bill(captured=captured, whole=town.units(), leads=len(PEOPLE))
