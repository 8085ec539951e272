"""`coldframe journeys CLIENT`: each journey in words and pictures, printed and saved."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import CLIENT, CLIENTS

MISTAKES, UNWRITTEN = 1, 2


def journeys(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Where pages and pictures go; else docs/journeys/CLIENT."),
    ] = None,
    *,
    quiet: Annotated[bool, typer.Option("--quiet", help="Save, but don't print.")] = False,
) -> None:
    """Say what each journey does: a diagram, its mails, entry, exit, goal and why.

    Exit code 1: the folder has mistakes (`coldframe check` names them); 2: no such client.
    """
    from infra.playbook import PlaybookProblems, compile_client
    from workbench.journeys.pages import Pages

    folder = client_folder(clients, client)
    try:
        pages = Pages(compile_client(folder, environment="dev"))
    except PlaybookProblems as mistakes:
        typer.echo(f"{folder.name} has mistakes; nothing is told:\n{mistakes}", err=True)
        raise typer.Exit(MISTAKES) from mistakes
    if not quiet:
        for journey in pages.compiled.journeys.values():
            typer.echo(pages.page(journey))
    place = out or Path("docs/journeys") / folder.name
    try:
        written = pages.write(place)
    except OSError as problem:
        typer.echo(f"can't write to {place}: {problem.strerror}", err=True)
        raise typer.Exit(UNWRITTEN) from problem
    for path in written:
        typer.echo(f"saved {path}", err=True)
