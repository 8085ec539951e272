"""`coldframe diff CLIENT`: what an edit means for the leads who are in its journeys."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT

if TYPE_CHECKING:
    from infra.playbook import CompiledClient
    from workbench.journeys.changes import Change

Standing = Counter[tuple[str, str]]
DANGER = 1
UNKNOWN = 2


def diff(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    against: Annotated[
        str, typer.Option(help="What is deployed: a git revision, or a folder.")
    ] = "HEAD",
    env: ENVIRONMENT = "dev",
    profile: Annotated[
        str | None, typer.Option(help="An AWS profile: count the leads of the deployed account.")
    ] = None,
    *,
    count: Annotated[bool, typer.Option("--count", help="Count the leads at each step.")] = False,
    retire: Annotated[
        bool, typer.Option("--retire", help="Keep deleted steps for the leads who are in flight.")
    ] = False,
    as_json: AS_JSON = False,
) -> None:
    """Say in words what happens to leads in flight when this folder replaces what is deployed.

    Exit code 1: it must not be deployed so; 2: no such client or revision, or one of
    them has mistakes.
    """
    from workbench.journeys.changes import changes
    from workbench.journeys.deployed import NoSuchRevision, as_it_was

    folder = client_folder(clients, client, as_json=as_json)
    try:
        with as_it_was(folder, against) as old:
            before = _compiled(old, env, f"{against} can't be compiled by this version")
    except NoSuchRevision as unknown:
        typer.echo(str(unknown), err=True)
        raise typer.Exit(UNKNOWN) from unknown
    stands = _standing(client, env, profile) if count or profile else None
    if retire:
        _retire(folder, before, env, stands)
    found = changes(before, _compiled(folder, env, f"{folder.name} has mistakes"))
    (_print_json if as_json else _print)(found, stands)
    raise typer.Exit(DANGER if any(change.danger for change in found) else 0)


def _compiled(folder: Path, env: str, otherwise: str) -> "CompiledClient":
    from infra.playbook import PlaybookProblems, compile_client

    try:
        return compile_client(folder, environment=env)
    except PlaybookProblems as mistakes:
        typer.echo(f"{otherwise}; nothing is compared:\n{mistakes}", err=True)
        raise typer.Exit(UNKNOWN) from mistakes


def _standing(client: str, env: str, profile: str | None) -> Standing:
    from infra.bundling.cache import ROOT
    from infra.place import Place
    from workbench.journeys.deployed import standing
    from workbench.leads.sources import home, source

    place = Place(client=client, environment=env)
    return standing(source(place, home(ROOT), profile=profile).leads(whole=True))


def _retire(folder: Path, before: "CompiledClient", env: str, stands: Standing | None) -> None:
    from infra.journeys.retired import write_retired
    from workbench.journeys.changes import retirable

    after = _compiled(folder, env, f"{folder.name} has mistakes")
    for name, journey in before.journeys.items():
        now = after.journeys.get(name)
        if now is None or now.edits == "migrate":
            continue
        at = None if stands is None else {step: n for (of, step), n in stands.items() if of == name}
        kept = {step: journey.steps[step] for step in retirable(journey, now, at)}
        if path := write_retired(folder, journey, kept):
            typer.echo(f"wrote {path}: {', '.join(kept)}", err=True)


def _print(found: "list[Change]", stands: Standing | None) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    if not found:
        console.print("Nothing changes for leads in flight.")
    for change in found:
        where = " · ".join(filter(None, (change.journey, change.step)))
        mark = "[red]✗[/red]" if change.danger else "[green]✓[/green]"
        console.print(f"{mark} [bold]{escape(where)}[/bold] {escape(change.what)}")
        console.print(f"    {escape(_leads(change, stands))}")


def _leads(change: "Change", stands: Standing | None) -> str:
    if stands is None:
        return f"leads: {change.leads}"
    here = (
        stands[change.journey, change.step]
        if change.step
        else sum(n for (journey, _), n in stands.items() if journey == change.journey)
    )
    return f"{here} lead{'' if here == 1 else 's'} there: {change.leads}"


def _print_json(found: "list[Change]", stands: Standing | None) -> None:
    listed = [
        {
            **asdict(change),
            "standing": None if stands is None else stands[change.journey, change.step],
        }
        for change in found
    ]
    typer.echo(json.dumps({"changes": listed}, ensure_ascii=False, indent=2))
