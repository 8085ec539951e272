"""``coldframe leads stuck`` and ``coldframe leads resume``: who stands still, and going on."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.leads import NOT_FOUND, known_record
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import reached, stop

if TYPE_CHECKING:
    from workbench.leads.sources import Reached
    from workbench.operating.resuming import Held


def stuck(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """List the leads who stand still in a journey: stuck, or due for an hour without a new run.

    Exit code 1: there are some; 2: no such client, or no place to look.
    """
    from workbench.operating.resuming import held_up

    found = reached(client_folder(clients, client, as_json=as_json), env, profile)
    held = held_up(found.deployed.records.table, found.now())
    if as_json:
        typer.echo(json.dumps([_told(each) for each in held], ensure_ascii=False, indent=2))
    else:
        _print(found, held)
    raise typer.Exit(NOT_FOUND if held else 0)


def resume(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    address: Annotated[str, typer.Argument(help="The lead's address.")],
    journey: Annotated[
        str | None, typer.Argument(help="This journey alone, also if its run seems to go on.")
    ] = None,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
) -> None:
    """Begin a new run of a stuck lead's journey, where it stands. Nothing is sent twice.

    Exit code 1: nobody of that address is known, or it isn't stuck; 2: there is no place to look,
    or the sweep failed.
    """
    from infra.place import Place
    from workbench.leads.sources import Source
    from workbench.operating.resuming import NotSwept, resumable, resumed

    folder = client_folder(clients, client)
    found = reached(folder, env, profile)
    place = Source(where=found.where, now=found.now(), record=found.deployed.record)
    lead = known_record(place, client, address, as_json=False)
    enrolments = resumable(lead, journey)
    if not enrolments:
        where = f"in {journey}" if journey else "in any journey; name one to resume it all the same"
        stop(f"{address} is not stuck {where}", code=NOT_FOUND)
    try:
        begun = resumed(found, Place(client=folder.name, environment=env), enrolments)
    except NotSwept as problem:
        stop(f"{problem}: see its log; {address} stays due, and is tried again")
    for each in begun:
        typer.echo(f"{found.where}: {address} goes on in {each.journey} at {each.step}")
    if not begun:
        stop(f"{address} has left or goes on already", code=NOT_FOUND)


def _told(held: "Held") -> dict[str, str]:
    return {
        "address": held.address,
        "journey": held.journey,
        "step": held.step,
        "why": held.why,
        "since": held.since.isoformat(),
    }


def _print(found: "Reached", held: "list[Held]") -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    console.print(f"[dim]{escape(found.where)}[/]")
    if not held:
        console.print("nobody stands still")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("lead", "journey", "step", "why", "since (UTC)"):
        table.add_column(column, overflow="fold")
    for each in held:
        row = (each.address, each.journey, each.step, each.why, f"{each.since:%d %b %Y %H:%M}")
        table.add_row(*map(escape, row))
    console.print(table)
