"""``coldframe leads import``: leads from a file, by a mapping that is shown before anything is."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import reached, stop
from workbench.commands.score import compiled

if TYPE_CHECKING:
    from infra.playbook import CompiledClient
    from workbench.importing.doing import Watched
    from workbench.importing.preparing import Prepared
    from workbench.importing.rows import Row
    from workbench.importing.running import Queue, Told
    from workbench.leads.sources import Reached

REJECTED = 1
AN_HOUR = 600.0
UNITS = 200.0


def import_leads(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A CSV file.")
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(help="What becomes of each column; else FILE.mapping.yaml, else a guess."),
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected rows go; else FILE.rejects.csv.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="What the file is called in each lead's record.")
    ] = None,
    start: Annotated[
        str | None, typer.Option(metavar="JOURNEY", help="Queue who consents for this journey.")
    ] = None,
    an_hour: Annotated[float, typer.Option(min=1, help="So many of them start an hour.")] = AN_HOUR,
    write_units: Annotated[
        float, typer.Option(min=1, help="DynamoDB write units a second, at most.")
    ] = UNITS,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; write the mapping, no lead.")
    ] = False,
    drop_bad_cells: Annotated[
        bool, typer.Option("--drop-bad-cells", help="Take a row without its bad cells.")
    ] = False,
    as_json: AS_JSON = False,
) -> None:
    """Take leads from a CSV file. Nobody is mailed by it; run again, it goes on where it stopped.

    Exit code 1: rows were rejected, see the rejects file; 2: nothing was read or written.
    """
    from workbench.importing.doing import Import, unwatched
    from workbench.leads.sources import home
    from workbench.local.synthesis import ROOT

    folder = client_folder(clients, client, as_json=as_json)
    book = compiled(folder, env)
    place = reached(folder, env, profile)
    ready = _prepared(file, book, mapping, as_json=as_json)
    if not as_json:
        _show(place, ready, write=dry_run)
    _demand_addresses(ready, as_json=as_json)
    do = Import(
        place=place,
        book=book,
        prepared=ready,
        name=name or file.stem,
        rejects=rejects or file.with_name(f"{file.name}.rejects.csv"),
        kept=home(ROOT).running.parent / "imports",
        units=write_units,
        dry=dry_run,
        lenient=drop_bad_cells,
        queue=_queue(place, book, start, an_hour) if start else None,
        watched=unwatched if as_json else _watched(),
        say=lambda text: typer.echo(text, err=True),
    )
    told = do()
    _tell(do.rejects, ready, told, dry=dry_run, as_json=as_json)
    raise typer.Exit(REJECTED if told.counts["rejected"] else 0)


def _prepared(
    file: Path, book: "CompiledClient", mapping: Path | None, *, as_json: bool
) -> "Prepared":
    from infra.reading.problems import PlaybookProblems
    from workbench.importing.preparing import NotText, beside, prepared

    chosen = mapping or (beside(file) if beside(file).exists() else None)
    try:
        return prepared(file, book, mapping=chosen)
    except PlaybookProblems as mistakes:
        stop(str(mistakes), as_json=as_json)
    except NotText as problem:
        stop(str(problem), as_json=as_json)
    except (OSError, UnicodeError) as problem:
        stop(f"{file} can't be read: {problem}", as_json=as_json)


def _show(place: "Reached", ready: "Prepared", *, write: bool) -> None:
    from rich.console import Console

    from workbench.importing.mapping_writing import write_mapping
    from workbench.importing.preparing import beside
    from workbench.importing.showing import show_reading

    console = Console(highlight=False)
    console.print(f"[dim]{place.where}[/]")
    show_reading(console, ready)
    if write and ready.guess is not None:
        path = ready.file.path
        text = write_mapping(ready.mapping, ready.header, about=path.name)
        beside(path).write_text(text, encoding="utf-8")
        console.print(f"[dim]written to {beside(path)}; edit it where a column is another[/]")


def _demand_addresses(ready: "Prepared", *, as_json: bool) -> None:
    from workbench.importing.mapping import ADDRESS

    if ADDRESS not in {column.field for column in ready.mapping.columns.values()}:
        stop("no column holds addresses; say in the mapping which is `email`", as_json=as_json)


def _queue(place: "Reached", book: "CompiledClient", journey: str, an_hour: float) -> "Queue":
    from workbench.importing.starting import NotEntered, queue_for

    try:
        return queue_for(place, book, journey, an_hour)
    except NotEntered as problem:
        stop(str(problem))


def _watched() -> "Watched":
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)

    def watched(rows: "Iterable[Row]", about: str, total: int | None) -> "Iterable[Row]":
        return track(rows, description=about, total=total, console=console, transient=True)

    return watched


def _tell(rejects: Path, ready: "Prepared", told: "Told", *, dry: bool, as_json: bool) -> None:
    from rich.console import Console

    from workbench.importing.showing import document, show_outcome

    if as_json:
        typer.echo(json.dumps(document(ready, told, dry=dry), ensure_ascii=False))
        return
    show_outcome(Console(highlight=False), told, dry=dry)
    if rejects.exists():
        typer.echo(f"rejected rows, with their reasons: {rejects}", err=True)
