"""SES's own list of suppressed addresses is a second net, and knows nobody we don't."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from coldframe.domain.gate import Prohibition
from coldframe.services.reconciling import LOOKS_BACK, Reconciling, Suppressed
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of

ADA = "ada@example.com"
HOUR = timedelta(hours=1)


@dataclass(slots=True)
class SesList:
    held: list[Suppressed]
    asked: datetime | None = None

    def since(self, at: datetime) -> Iterable[Suppressed]:
        self.asked = at
        return self.held


@pytest.fixture
def stage() -> Stage:
    stage = Stage(World())
    stage.post(ADA)
    stage.settle()
    return stage


def reconcile(stage: Stage, *held: Suppressed) -> int:
    world = stage.world
    return Reconciling(
        suppressions=SesList(list(held)),
        lead_of=lead_of,
        profiles=world.profiles,
        gates=world.gates,
        clock=world.clock,
    )()


def suppressed(address: str = ADA, *, complained: bool = False) -> Suppressed:
    return Suppressed(address=address, complained=complained, at=MONDAY - HOUR)


@pytest.mark.parametrize(("complained", "flag"), [(True, "complained_at"), (False, "bounced_at")])
def test_what_ses_suppresses_is_suppressed_here(
    stage: Stage, *, complained: bool, flag: str
) -> None:
    assert reconcile(stage, suppressed("Ada@Example.com", complained=complained)) == 1

    gate = stage.world.gates.get(lead_of(ADA))
    assert getattr(gate, flag) == MONDAY - HOUR
    assert list(gate.reasons.values()) == ["on_ses_list"]


def test_twice_is_once(stage: Stage) -> None:
    reconcile(stage, suppressed())

    assert reconcile(stage, suppressed()) == 0


def test_strangers_and_nonsense_are_passed_over(stage: Stage) -> None:
    assert reconcile(stage, suppressed("stranger@example.com"), suppressed("no address")) == 0

    assert stage.world.gates.rows.keys() <= {lead_of(ADA)}


def test_what_was_lifted_since_stays_lifted(stage: Stage) -> None:
    stage.world.gates.lift(lead_of(ADA), Prohibition.BOUNCED, MONDAY)

    assert reconcile(stage, suppressed()) == 0


def test_it_looks_back_far_enough_for_a_day_missed(stage: Stage) -> None:
    ses = SesList([])
    world = stage.world
    Reconciling(
        suppressions=ses,
        lead_of=lead_of,
        profiles=world.profiles,
        gates=world.gates,
        clock=world.clock,
    )()

    assert ses.asked == MONDAY - LOOKS_BACK
    assert timedelta(days=2) <= LOOKS_BACK
