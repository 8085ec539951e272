"""How a command gets to a client's stacks, or ends with what to do instead."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from workbench.leads.sources import Reached, Source


def stop(problem: str, *, as_json: bool = False, code: int = 2) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"ok": False, "error": problem}, ensure_ascii=False))
    else:
        typer.echo(problem, err=True)
    raise typer.Exit(code)


def reached(folder: Path, env: str, profile: str | None) -> "Reached":
    """The client's stacks in an account, or in the town that runs here."""
    from botocore.exceptions import BotoCoreError, ClientError

    from infra.place import Place
    from workbench.leads.sources import NowhereToLook, home, reach
    from workbench.local.synthesis import ROOT
    from workbench.smoke.account import NotDeployed

    place = Place(client=folder.name, environment=env)
    try:
        return reach(place, home(ROOT), profile=profile)
    except (NowhereToLook, NotDeployed, BotoCoreError, ClientError) as problem:
        stop(str(problem))


def looked_at(
    folder: Path,
    env: str,
    profile: str | None,
    *,
    as_json: bool = False,
    region: str | None = None,
) -> "Source":
    """Where leads can be read: also what the last run here kept."""
    from botocore.exceptions import BotoCoreError, ClientError

    from infra.place import Place
    from workbench.leads.sources import NowhereToLook, home, source
    from workbench.local.synthesis import ROOT
    from workbench.smoke.account import NotDeployed

    place = Place(client=folder.name, environment=env)
    try:
        return source(place, home(ROOT), profile=profile, region=region)
    except (NowhereToLook, NotDeployed, BotoCoreError, ClientError) as problem:
        stop(str(problem), as_json=as_json)
