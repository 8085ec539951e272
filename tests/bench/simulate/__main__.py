"""``python -m tests.bench.simulate``: what a simulated lead, a move and a compiled journey cost."""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from coldframe.domain import advance as core
from infra.journeys.enrolling import prepared
from infra.journeys.plan import plan
from infra.journeys.states import machine
from infra.playbook import CompiledClient, all_clients, compile_client
from infra.playbook.folder import read_folder
from infra.reading.problems import Problems
from tests.unit.simulate.garden import garden
from workbench.simulate import ride
from workbench.simulate.behaviour import Behaviour
from workbench.simulate.findings import findings
from workbench.simulate.running import simulate
from workbench.simulate.scene import scene_of

CLIENTS = Path(__file__).parents[3] / "clients"
LEADS, DAYS, ROUNDS = 600, 90, 20
GOAL = 10_000
"""Leads, in a minute, on two cores."""


def main() -> None:
    sys.stdout.write(
        f"{LEADS} leads over {DAYS} days on one core; a move goes from one wait to the next\n"
        "journey              µs a move  moves a lead  lead-days/s  10,000 on 2 cores"
        "  transitions and $ per 1,000 mails\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        six = compile_client(garden(Path(folder)), environment="dev")
        for client, journey in [(six, "six"), *_examples()]:
            _simulated(client, journey)
    sys.stdout.write("\ncompiling, to steps and to a machine, once read\n")
    for folder_ in all_clients(CLIENTS):
        _compiled(folder_)


def _examples() -> Iterator[tuple[CompiledClient, str]]:
    for folder in all_clients(CLIENTS):
        compiled = compile_client(folder, environment="dev")
        for journey in compiled.journeys:
            yield compiled, journey


def _simulated(client: CompiledClient, journey: str) -> None:
    scene = scene_of(client, journey, Behaviour(), seed=7, days=DAYS)
    meter = Meter()
    with_meter, ride.advance = ride.advance, meter.advance  # type: ignore[attr-defined]  # the simulator's own name for it
    began = time.process_time()
    try:
        tally = simulate(scene, leads=LEADS, cores=1)
    finally:
        ride.advance = with_meter  # type: ignore[attr-defined]  # as above
    spent = time.process_time() - began
    cost = findings(scene, tally)["cost"]
    name = f"{client.client.client} {journey}"
    sys.stdout.write(
        f"{name:<20} {meter.spent / meter.moves * 1e6:9.0f} {meter.moves / LEADS:13.1f}"
        f" {LEADS * DAYS / spent:12,.0f} {spent / LEADS * GOAL / 2:16.0f} s"
        f" {cost['transitions_per_1000_mails']:14,.0f}"
        f"  ${cost['dollars_per_1000_mails']['together']:.3f}\n"
    )


class Meter:
    """CPU of the core itself, apart from mailboxes and heaps."""

    def __init__(self) -> None:
        self.spent, self.moves = 0.0, 0

    def advance(self, *given: object, **more: object) -> core.Advanced:
        began = time.process_time()
        done = core.advance(*given, **more)  # type: ignore[arg-type]  # handed on as they came
        self.spent += time.process_time() - began
        self.moves += 1
        return done


def _compiled(folder: Path) -> None:
    sources = read_folder(folder, environment="dev", problems=Problems())
    for name, journey in prepared(sources.journeys).items():
        if journey is None:
            continue
        began = time.process_time()
        for _ in range(ROUNDS):
            steps = plan(journey)
            states = machine(steps)["States"]
        spent = (time.process_time() - began) / ROUNDS
        sys.stdout.write(
            f"{folder.name} {name}: {spent * 1e3:.2f} ms, {len(steps.steps)} steps,"
            f" {len(states)} states\n"
        )


if __name__ == "__main__":
    main()
