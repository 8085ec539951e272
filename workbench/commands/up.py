"""``coldframe up``: the local cloud with every client in it, until you end it."""

import os
import re
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from workbench.local.synthesis import ROOT

if TYPE_CHECKING:
    from workbench.local.deployed import DeployedTown

STEP = re.compile(r"^\+\s*(\d+)\s*([mhdw])$")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
KEPT = ROOT / ".coldframe" / "up.json"
HELP = "+30m, +2h, +1d, +1w let time pass · next goes to the next due moment · q ends it"


def up(
    clients: Annotated[
        Path, typer.Option(help="Where the clients' folders are.", exists=True, file_okay=False)
    ] = ROOT / "clients",
    port: Annotated[int, typer.Option(help="Where the pages are served; 0 takes any.")] = 8642,
    *,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep leads and mails for the next run with --keep.")
    ] = False,
) -> None:
    """Start the local cloud, deploy every client, print the URLs, and stay until Ctrl-C.

    A client's folder that changes is deployed again within seconds; a mistake in it is shown, and
    the old version stays. Nothing is left behind at the end.
    """
    console = Console(highlight=False)
    try:
        _run(console, clients, port, KEPT if keep else None)
    except (RuntimeError, OSError) as problem:
        console.print(f"[bold red]It did not come up:[/] {escape(str(problem))}")
        raise typer.Exit(1) from problem
    except KeyboardInterrupt:
        console.print()
    console.print("[dim]ended; nothing is left behind[/]")


def _run(console: Console, clients: Path, port: int, kept: Path | None) -> None:
    from workbench.local.deployed import DeployedTown
    from workbench.local.keeping import saved_at
    from workbench.local.watching import Watcher
    from workbench.window.app import create_app, serve

    with console.status("starting…") as status:
        town = DeployedTown(
            clients=clients,
            assembly=ROOT / ".build" / "up",
            at=(saved_at(kept) if kept else None) or datetime.now(UTC).replace(microsecond=0),
            say=lambda line: status.update(f"[dim]{escape(line[:100])}[/]"),
        )
    with town, ExitStack() as ending:
        if kept:
            _recall(console, town, kept)
            ending.callback(town.keep, kept)
        window = serve(create_app(town), port)
        ending.callback(window.stop)
        ending.enter_context(_announced(town, window.url))
        watcher = Watcher(town.folders, lambda name: _reload(console, town, name))
        watcher.start()
        ending.callback(watcher.stop)
        _greet(console, town, window.url)
        _serve(console, town)


def _announced(town: "DeployedTown", window: str) -> AbstractContextManager[None]:
    """So that `coldframe leads` in another terminal finds this town."""
    from workbench.cloud.access import ACCOUNT, REGION
    from workbench.cloud.gate import OWN_CALLS
    from workbench.local.running import Running, announced

    return announced(
        KEPT.with_name("running.json"),
        Running(
            pid=os.getpid(),
            endpoint=town.cloud.endpoint,
            window=window,
            region=REGION,
            account=ACCOUNT,
            agent=OWN_CALLS,
        ),
    )


def _recall(console: Console, town: "DeployedTown", kept: Path) -> None:
    if kept.exists():
        with console.status("recalling the leads of the last run…"):
            town.recall(kept)
        console.print(f"[dim]{len(town.mails())} mails and their leads are back[/]")


def _greet(console: Console, town: "DeployedTown", window: str) -> None:
    from workbench.forms.handed_out import hand_out

    console.print(f"\n[bold]Open {window}[/] for the mailbox, the clock and every lead.")
    for name, client in town.clients().items():
        console.print(f"\n[bold]{escape(client.playbook().name)}[/] ({name})")
        for form in client.forms():
            shown = hand_out(form, base=client.url)
            console.print(f"  form  {shown.url}")
            console.print(f"  try   [cyan]{escape(shown.curl)}[/]")
    console.print(f"\n{town.now():%a %d %b %Y %H:%M} UTC. {HELP}\n")


def _serve(console: Console, town: "DeployedTown") -> None:
    enough = threading.Event()
    typed = threading.Thread(target=_listen, args=(console, town, enough.set), daemon=True)
    if sys.stdin.isatty():
        typed.start()
    seen = 0
    while not enough.is_set():
        time.sleep(0.3)  # an Event's wait may break when Ctrl-C comes twice
        for number, heard in town.happenings(seen):
            seen = number
            who = f"{heard.client} {heard.lead[:6]}".strip()
            console.print(f"[dim]{heard.at:%d %b %H:%M}  {who:14}[/] {escape(heard.text)}")


def _listen(console: Console, town: "DeployedTown", end: Callable[[], None]) -> None:
    for line in sys.stdin:
        word = line.strip().lower()
        if word in {"q", "quit", "exit"}:
            break
        _obey(console, town, word)
    end()


def _obey(console: Console, town: "DeployedTown", word: str) -> None:
    if step := STEP.match(word):
        town.advance(timedelta(**{UNITS[step[2]]: int(step[1])}))
    elif word == "next" and (moment := town.next_moment()):
        town.run_until(moment)
    elif word:
        console.print(HELP)
        return
    console.print(f"[dim]it is {town.now():%a %d %b %Y %H:%M} UTC[/]")


def _reload(console: Console, town: "DeployedTown", name: str) -> None:
    if town.reload(name):
        console.print(f"[green]{name}: deployed again; leads and mails are kept[/]")
    else:
        console.print(f"[red]{name}: the old version stays:[/] {escape(town.problems()[name])}")
