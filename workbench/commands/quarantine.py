"""``coldframe leads quarantine``: posts that looked like spam wait for a person's word."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT

if TYPE_CHECKING:
    from coldframe.domain.touchpoint import Touchpoint
    from workbench.leads.quarantine import Opened

NOT_FOUND = 1
NOWHERE = 2


class What(StrEnum):
    LIST = "list"
    RELEASE = "release"
    DROP = "drop"


def quarantine(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    what: Annotated[What, typer.Argument(help="list, release or drop.")] = What.LIST,
    names: Annotated[
        list[str] | None, typer.Argument(help="Ids as `list` prints them, or `all`.")
    ] = None,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: Annotated[
        str | None, typer.Option(help="An AWS profile: the deployed account, not this machine.")
    ] = None,
    region: Annotated[str | None, typer.Option(help="The account's region.")] = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """Look at suspect posts, and release them to be nurtured, or drop them. They end in 30 days.

    Exit code 1: no such post; 2: no such client, or nowhere to look.
    """
    folder = client_folder(clients, client, as_json=as_json)
    opened = _open(folder, env, profile=profile, region=region)
    waiting = list(opened.quarantine.all())
    if what is What.LIST:
        _show(opened, waiting, as_json=as_json)
        return
    _settle(opened, waiting, what, names or [], as_json=as_json)


def _open(folder: Path, env: str, *, profile: str | None, region: str | None) -> "Opened":
    from botocore.exceptions import BotoCoreError, ClientError

    from infra.place import Place
    from workbench.leads.quarantine import open_quarantine
    from workbench.leads.sources import NowhereToLook, home
    from workbench.local.synthesis import ROOT
    from workbench.smoke.account import NotDeployed

    place = Place(client=folder.name, environment=env)
    try:
        return open_quarantine(place, home(ROOT), profile=profile, region=region)
    except (NowhereToLook, NotDeployed, BotoCoreError, ClientError) as problem:
        _stop(str(problem), NOWHERE)


def _show(opened: "Opened", waiting: "list[Touchpoint]", *, as_json: bool) -> None:
    from workbench.leads.quarantine import show, told

    if as_json:
        typer.echo(json.dumps([told(each) for each in waiting], ensure_ascii=False, indent=2))
    else:
        show(opened, waiting)


def _settle(
    opened: "Opened", waiting: "list[Touchpoint]", what: What, names: list[str], *, as_json: bool
) -> None:
    from workbench.leads.quarantine import chosen, short

    if not names:
        _stop(f"name the posts to {what}, by their ids, or `all`", NOWHERE)
    found, unclear = chosen(waiting, names)
    if unclear:
        _stop(f"no single post in quarantine is called {', '.join(unclear)}", NOT_FOUND)
    for each in found:
        if what is What.RELEASE:
            opened.quarantine.release(each, opened.now)
        else:
            opened.quarantine.drop(each)
    if as_json:
        typer.echo(json.dumps({str(what): [short(each) for each in found]}))
    else:
        typer.echo(f"{len(found)} {'released' if what is What.RELEASE else 'dropped'}")


def _stop(problem: str, code: int) -> NoReturn:
    typer.echo(problem, err=True)
    raise typer.Exit(code)
