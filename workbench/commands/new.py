"""`coldframe new CLIENT`: a client's folder to begin with, complete and checked."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from workbench.commands.options import CLIENTS

REFUSED = 1
ASKED = {
    "name": "The client's name, as leads know it",
    "site": "Its site, e.g. https://www.example.com",
    "sender": "The address that mails come from",
    "owner": "Who signs them, and gets the warm leads",
    "zone": "Its time zone, e.g. Europe/Vienna",
    "postal": "Its postal address, which stands in every mail",
}


def new(
    client: Annotated[str, typer.Argument(help="What to call the folder, e.g. acme.")],
    clients: CLIENTS = Path("clients"),
    *,
    name: Annotated[str, typer.Option(help=f"{ASKED['name']}.")] = "",
    site: Annotated[str, typer.Option(help=f"{ASKED['site']}.")] = "",
    sender: Annotated[str, typer.Option(help=f"{ASKED['sender']}.")] = "",
    owner: Annotated[str, typer.Option(help=f"{ASKED['owner']}.")] = "",
    zone: Annotated[str, typer.Option(help=f"{ASKED['zone']}.")] = "",
    postal: Annotated[str, typer.Option(help=f"{ASKED['postal']}.")] = "",
) -> None:
    """Begin a client: a folder with a form, a journey, mails, and the scoring to start with.

    What isn't given is asked for. Exit code 1: nothing was written, and why.
    """
    from infra.playbook import PlaybookProblems
    from infra.reading.values import NAME
    from workbench.starter.planting import Newcomer, NotPlanted, plant

    if not NAME.fullmatch(client):
        _refuse(
            f"{client!r} can't name a folder; write small letters, digits and hyphens: acme-tools"
        )
    given = {"name": name, "site": site, "sender": sender, "owner": owner, "zone": zone}
    told = _asked({**given, "postal": postal})
    try:
        files = plant(Newcomer(client=client, **told), clients, Path("docs/schemas").resolve())
    except NotPlanted as problem:
        _refuse(str(problem))
    except PlaybookProblems as problems:
        _refuse("\n".join(f"{each.file}, {each.path}: {each.text}" for each in problems.problems))
    else:
        _tell(clients / client, files)


def _asked(given: dict[str, str]) -> dict[str, str]:
    missing = [key for key, value in given.items() if not value]
    if missing and not sys.stdin.isatty():
        options = " ".join(f"--{key} …" for key in missing)
        _refuse(f"say also {options}; without them, run it in a terminal and be asked")
    return {key: value or typer.prompt(ASKED[key]) for key, value in given.items()}


def _refuse(why: str) -> None:
    typer.echo(f"{why}\nnothing was written", err=True)
    raise typer.Exit(REFUSED)


def _tell(folder: Path, files: list[Path]) -> None:
    typer.secho(f"{folder} is ready:", bold=True)
    for path in files:
        typer.echo(f"  {path.relative_to(folder)}")
    where = "" if folder.parent == Path("clients") else f" --clients {folder.parent}"
    typer.echo("\nNext:")
    for command, why in (
        (f"preview {folder.name}", "see the mails as leads would get them"),
        (f"simulate {folder.name} welcome", "send synthetic leads through the journey"),
        ("up", "fill in the form, and read the mail that comes"),
        (f"check {folder.name}", "after every change"),
    ):
        clients = where if folder.name in command or command == "up" else ""
        typer.echo(f"  coldframe {command + clients:<44} {why}")
