"""The whole: both example clients, synthesized and deployed into the local cloud."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from workbench.bill.bill import Units, dollars
from workbench.demo.expectations import Expectation, expectations
from workbench.demo.script import ACTS, DAY, START, Play
from workbench.local.deployed import DeployedTown
from workbench.local.synthesis import ROOT, synthesize


@pytest.fixture(scope="package")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Synthesized once for all modules of a worker."""
    outdir = tmp_path_factory.mktemp("assembly")
    return synthesize(ROOT / "clients", environment="dev", outdir=outdir, say=print)


@pytest.fixture(scope="module")
def town(assembly: Path) -> Iterator[DeployedTown]:
    """Fresh clients for each module, every call checked against its role's grants."""
    with DeployedTown(
        clients=ROOT / "clients",
        assembly=assembly,
        synthesized=True,
        at=START,
        say=print,
        enforce_iam=True,
    ) as running:
        yield running


@dataclass(frozen=True)
class Played:
    town: DeployedTown
    play: Play
    found: dict[str, Expectation]
    billed: Units
    """All of the demo."""
    standing: float
    """Dollars of it that the clients would have cost without anybody there."""


@pytest.fixture(scope="package")
def demos_end(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the town is kept once some module has played the demo: that takes long."""
    return tmp_path_factory.mktemp("played") / "up.json"


@pytest.fixture(scope="module")
def played(town: DeployedTown, demos_end: Path) -> Played:
    """The demo, played to its end."""
    play = Play(town)
    for _, act in ACTS:
        act(play)
    found = {each.claim: each for each in expectations(town)}
    billed, days = town.units(), (town.now() - START) / DAY
    play.run_until(town.now() + 2 * DAY)
    town.keep(demos_end)
    idle = dollars(town.units().since(billed)) / 2
    return Played(town, play, found, billed, standing=days * idle)
