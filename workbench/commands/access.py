"""``coldframe leads access``: who looked at a lead's data, and by which command."""

import json
from pathlib import Path
from typing import Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.leads import known_record
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import reached


def access(
    client: CLIENT,
    address: Annotated[str, typer.Argument(help="The lead's address.")],
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """List who looked at a lead or exported it, when, and with which command; this look too.

    Exit code 1: nobody of that address is known; 2: no such client, or nowhere to look.
    """
    from workbench.leads.access import looks_at
    from workbench.leads.sources import Source

    found = reached(client_folder(clients, client, as_json=as_json), env, profile)
    place = Source(where=found.where, now=found.now(), record=found.deployed.record)
    record = known_record(place, client, address, as_json=as_json)
    table = found.deployed.records.table
    leads = [record.lead, *(each.id for each in record.identities)]
    looks = {look for lead in leads for look in looks_at(table, lead)}
    told = sorted(looks, key=lambda each: each.at)
    if as_json:
        rows = [
            {"at": each.at.isoformat(), "by": each.by, "command": each.command}
            | {"everybody": each.everybody}
            for each in told
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for each in told:
        scope = " (all leads)" if each.everybody else ""
        typer.echo(f"{each.at:%Y-%m-%d %H:%M:%S}Z\t{each.by}\t{each.command}{scope}")
