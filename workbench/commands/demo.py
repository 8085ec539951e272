"""``coldframe demo``: both example clients through virtual weeks, on this machine, checked."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from workbench.local.synthesis import ROOT, SynthesisFailed


def demo(
    clients: Annotated[
        Path, typer.Option(help="Where the clients' folders are.", exists=True, file_okay=False)
    ] = ROOT / "clients",
    client: Annotated[
        str, typer.Option(help="One example client instead, with every journey that it has.")
    ] = "",
) -> None:
    """Run visitors through virtual weeks and say what each got, when, and why not.

    Five of them at both example clients; or `--client harbor`, through months and every journey.
    Ends with 1 if anything is not as it must be.
    """
    console = Console(highlight=False)
    began = time.monotonic()
    try:
        holds = _in_depth(console, clients, client) if client else _run(console, clients)
    except (RuntimeError, SynthesisFailed) as problem:
        console.print(f"[bold red]The demo failed:[/] {problem}")
        raise typer.Exit(1) from problem
    took = timedelta(seconds=round(time.monotonic() - began))
    console.print(f"[dim]took {took}; everything it started has ended[/]")
    raise typer.Exit(0 if holds else 1)


def _run(console: Console, clients: Path) -> bool:
    from workbench.demo.expectations import expectations
    from workbench.demo.report import show_bill, show_expectations, show_timelines
    from workbench.demo.script import ACTS, START, Play
    from workbench.local.deployed import DeployedTown

    with console.status("synthesizing the stacks (the first time takes a minute)…") as status:
        town = DeployedTown(
            clients=clients,
            assembly=ROOT / ".build" / "demo",
            at=START,
            say=lambda line: status.update(f"[dim]{line[:100]}[/]"),
            enforce_iam=True,
        )
        with town:
            play = Play(town)
            for number, (title, act) in enumerate(ACTS, start=1):
                status.update(f"({number}/{len(ACTS)}) {title}…")
                act(play)
                console.print(f"[dim]{town.now():%d %b %H:%M} UTC[/]  {title}")
            console.print()
            show_timelines(console, town)
            found = list(expectations(town))
            show_expectations(console, found)
            show_bill(console, town.units())
    return all(expectation.holds for expectation in found)


def _in_depth(console: Console, clients: Path, client: str) -> bool:
    from workbench.commands.clients import client_folder
    from workbench.demo.in_depth import CASTS, play

    folder = client_folder(clients, client)
    if client not in CASTS:
        known = " and ".join(CASTS)
        console.print(f"Only {known} have people of their own; {client} can be simulated.")
        raise typer.Exit(2)
    with console.status(f"synthesizing {client}…") as status:
        return play(
            console,
            folder,
            ROOT / ".build",
            say=lambda line: status.update(f"[dim]{line[:100]}[/]"),
        )
