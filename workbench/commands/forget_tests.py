"""``coldframe leads forget-tests``: remove what the client's testers have left."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import reached

if TYPE_CHECKING:
    from coldframe.domain.record import LeadRecord


def forget_tests(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say who it would be.")] = False,
) -> None:
    """Erase the test leads: those whose addresses client.yaml names in `testers`.

    Their runs end, nothing of them is left, and who posts again begins anew.
    Exit code 2: no such client, or no place to look.
    """
    from workbench.operating.forgetting import forgotten, leads_of_testers

    found = reached(client_folder(clients, client), env, profile)
    if dry_run:
        for record in leads_of_testers(found):
            _told(record)
        return
    many = forgotten(found, _told)
    typer.echo(f"{found.where}: {many} test {'lead' if many == 1 else 'leads'} removed", err=True)


def _told(record: "LeadRecord") -> None:
    if record.profile is not None:
        typer.echo(record.profile.address)
