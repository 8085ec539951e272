"""``coldframe sources``: where leads come from, what became of them, and what each cost."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.leads import look
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.score import compiled

if TYPE_CHECKING:
    from coldframe.domain.record import LeadRecord
    from workbench.leads.by_source import Came


def sources(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    since: Annotated[str, typer.Option(help="The first month of leads, as 2026-10.")] = "",
    until: Annotated[str, typer.Option(help="The last month, as 2026-11.")] = "9999",
    last: Annotated[bool, typer.Option("--last", help="By what brought them last.")] = False,
    as_json: AS_JSON = False,
) -> None:
    """Count leads and customers by where they came from first, and what each cost.

    Reads every lead's profile once, at a steady pace, through the index that lists them; costs are
    the client's `costs.yaml`. Exit code 2: the folder has mistakes, or there is no place to look.
    """
    from workbench.leads.by_source import by_source

    folder = client_folder(clients, client, as_json=as_json)
    book = compiled(folder, env)
    place = look(folder, env, profile, as_json=as_json)
    leads = _watched(place.leads(), quiet=as_json)
    found = by_source(leads, book.costs, since=since, until=until, last=last)
    if as_json:
        typer.echo(json.dumps({"sources": [_told(each) for each in found]}, ensure_ascii=False))
        return
    _print(found, place.where)


def _watched(records: "Iterable[LeadRecord]", *, quiet: bool) -> "Iterable[LeadRecord]":
    if quiet:
        return records
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    told = "reading every lead"
    return track(records, description=told, total=None, console=console, transient=True)


def _told(came: "Came") -> dict[str, object]:
    costs = {"cost": came.cost, "per_lead": came.per_lead, "per_customer": came.per_customer}
    return {
        "source": came.source,
        "leads": came.leads,
        "customers": came.customers,
        **{name: str(each.amount) if each else None for name, each in costs.items()},
        "currency": came.cost.currency if came.cost else None,
    }


def _print(found: "list[Came]", where: str) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from workbench.leads.by_source import shown

    console = Console(highlight=False)
    total = sum(each.leads for each in found)
    console.print(f"[bold]{total:,} leads[/] [dim]{escape(where)}[/]")
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("source")
    for head in ("leads", "customers", "cost", "a lead", "a customer"):
        table.add_column(head, justify="right")
    for each in found:
        money = (shown(each.cost), shown(each.per_lead), shown(each.per_customer))
        table.add_row(escape(each.source), f"{each.leads:,}", f"{each.customers:,}", *money)
    console.print(table)
