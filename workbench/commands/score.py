"""``coldframe score …``: where a lead's points come from."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.leads import known_record, look
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE

if TYPE_CHECKING:
    from infra.playbook import CompiledClient

MISTAKES = 2
NOT_REACTED = 1

score = typer.Typer(name="score", help="Where a lead's points come from.", no_args_is_help=True)


@score.callback()
def group() -> None:
    """Commands follow; each has its own --help."""


@score.command()
def explain(
    client: CLIENT,
    address: Annotated[str, typer.Argument(help="The lead's address.")],
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """Say why a lead has its score, tier, lifecycle and segments: the rules, and the dates.

    Asks the town that `coldframe up` runs here, or the one it kept, or with --profile an account.
    Exit code 1: nobody of that address is known; 2: no such client, address or place to look.
    """
    from coldframe.domain.knowing import explaining
    from workbench.leads.scores import show
    from workbench.window.wording import lead_zone

    folder = client_folder(clients, client, as_json=as_json)
    book = compiled(folder, env)
    place = look(folder, env, profile, as_json=as_json)
    record = known_record(place, client, address, as_json=as_json)
    if record.profile is None:
        typer.echo(f"{address} did nothing yet that was reacted to", err=True)
        raise typer.Exit(NOT_REACTED)
    found = explaining.explain(record.profile, book.reactions.knowing, place.now)
    if as_json:
        told = json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str)
        typer.echo(told)
        return
    show(place, found, zone=lead_zone(record.profile, book.client))


def compiled(folder: Path, env: str) -> "CompiledClient":
    """The client's folder as it is now; ends the command when it has mistakes."""
    from infra.playbook import PlaybookProblems, compile_client

    try:
        return compile_client(folder, environment=env)
    except PlaybookProblems as mistakes:
        typer.echo(str(mistakes), err=True)
        raise typer.Exit(MISTAKES) from mistakes
