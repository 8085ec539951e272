"""One client's journeys in depth: its stack alone, its own people, months on a virtual clock."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console

from workbench.demo import bakery_cast, harbor_cast
from workbench.demo.characters import Character
from workbench.demo.depth_report import show_journeys, show_person
from workbench.demo.outcome import everywhere, journeys_of, outcomes, records_of
from workbench.demo.playing import Playing
from workbench.demo.report import show_bill, show_expectations
from workbench.demo.script import START
from workbench.local.deployed import DeployedTown

Cast = tuple[Character, ...]
CASTS: Final[Mapping[str, tuple[Cast, timedelta]]] = {
    "bakery": (bakery_cast.CAST, bakery_cast.LASTS),
    "harbor": (harbor_cast.CAST, harbor_cast.LASTS),
}
"""Client → its people, and how long the demo lasts."""


def play(console: Console, folder: Path, build: Path, *, say: Callable[[str], None]) -> bool:
    """Whether everything was as it must be; what happened is printed."""
    cast, lasts = CASTS[folder.name]
    with TemporaryDirectory() as alone:
        copytree(folder, Path(alone) / folder.name)
        assembly = build / f"demo-{folder.name}"
        with DeployedTown(
            clients=Path(alone), assembly=assembly, at=START, say=say, enforce_iam=True
        ) as town:
            client = town.clients()[folder.name]
            playing = Playing(town, {client.name: cast}, START)
            playing.run_until(START + lasts, lambda at: say(f"{at:%d %B %Y}"))
            records = records_of(client, cast)
            show_journeys(console, journeys_of(client, records))
            for who in cast:
                show_person(console, town, client, who, records[who.name])
            found = [*outcomes(town, client, cast, records), everywhere(client, records)]
            show_expectations(console, found)
            show_bill(console, town.units())
            return all(expectation.holds for expectation in found)
