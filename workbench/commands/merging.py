"""``coldframe leads merge`` and ``duplicates``: who is the same person, by a person's word."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.leads import known_record
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import reached, stop
from workbench.commands.score import compiled

if TYPE_CHECKING:
    from coldframe.domain.record import LeadRecord
    from workbench.leads.duplicates import Suggestion
    from workbench.leads.sources import Reached

ONE_ALREADY = 1
ONE = Annotated[str, typer.Argument(help="The address of one of them.")]
OTHER = Annotated[str, typer.Argument(help="The other's.")]
WHY = Annotated[str, typer.Option(help="Your reason; it is kept with both.")]


def merge(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    one: ONE,
    other: OTHER,
    why: WHY = "one person",
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only say it.")] = False,
) -> None:
    """Make one lead of two that are the same person. It can't be undone.

    Says what would happen; only --yes does it. The lead that has been known for longer survives.
    Exit code 1: they are one already, or nobody of an address is known.
    """
    from workbench.operating.merging import ask, planned

    found = reached(client_folder(clients, client), env, profile)
    plan = planned(_record(found, client, one), _record(found, client, other))
    if plan is None:
        stop(f"{one} and {other} are one lead already", code=ONE_ALREADY)
    typer.echo(f"{found.where}:")
    for line in plan.lines():
        typer.echo(f"  {line}")
    if not yes:
        typer.echo("nothing was done; say --yes to do it")
        return
    ask(found, plan, why=why)
    typer.echo(f"asked for; `coldframe leads why {client} {plan.lost.address}` shows it")


def duplicates(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """List leads that may be one person, with the reasons; nobody is merged by it.

    Same mailbox (dots and plus tags), same phone, same name and company. Reads every lead's
    profile once, at a steady pace, through the index that lists them.
    """
    folder = client_folder(clients, client, as_json=as_json)
    phones = [name for name, field in compiled(folder, env).fields.items() if field.type == "phone"]
    found = reached(folder, env, profile)
    told = _suggestions(found, phones)
    if as_json:
        typer.echo(json.dumps([_told(each) for each in told], ensure_ascii=False, indent=2))
        return
    for each in told:
        reasons = ", ".join(each.reasons)
        typer.echo(f"{each.one.address}\t{each.other.address}\t{reasons}")
    typer.echo(
        f"{len(told)} may be the same: `coldframe leads merge {client} ONE OTHER`, or"
        f" `coldframe leads not-same {client} ONE OTHER`",
        err=True,
    )


def not_same(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    one: ONE,
    other: OTHER,
    why: WHY = "two people",
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
) -> None:
    """Say that two leads aren't the same person: `duplicates` doesn't name them again."""
    from coldframe.domain.instants import text_of
    from workbench.operating.merging import keep_apart

    found = reached(client_folder(clients, client), env, profile)
    leads = [_record(found, client, each).lead for each in (one, other)]
    if leads[0] == leads[1]:
        stop(f"{one} and {other} are one lead already", code=ONE_ALREADY)
    table = found.deployed.records.table
    keep_apart(table, leads[0], leads[1], at=text_of(found.now()), why=why)
    typer.echo(f"{found.where}: {one} and {other} stay two")


def _record(found: "Reached", client: str, address: str) -> "LeadRecord":
    from workbench.leads.sources import Source

    place = Source(where=found.where, now=found.now(), record=found.deployed.record)
    return known_record(place, client, address, as_json=False)


def _suggestions(found: "Reached", phones: list[str]) -> "list[Suggestion]":
    from workbench.leads.duplicates import suggested
    from workbench.leads.roster import Roster
    from workbench.operating.merging import kept_apart

    found.deployed.noted("")
    table = found.deployed.records.table
    profiles = (each.profile for each in Roster(table=table).records() if each.profile)
    return [
        each
        for each in suggested(profiles, phones)
        if not kept_apart(table, each.one.lead, each.other.lead)
    ]


def _told(suggestion: "Suggestion") -> dict[str, object]:
    return {
        "one": suggestion.one.address,
        "other": suggestion.other.address,
        "reasons": list(suggestion.reasons),
    }
