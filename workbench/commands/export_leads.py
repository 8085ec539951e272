"""``coldframe leads export``: all leads, or those an expression holds for, or all about one."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.lead_lists import question_of
from workbench.commands.leads import known_record
from workbench.commands.options import CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import reached, stop
from workbench.commands.score import compiled

if TYPE_CHECKING:
    from infra.playbook import CompiledClient
    from workbench.exporting.file import Leads
    from workbench.leads.sources import Reached


def export_leads(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    file: Annotated[
        Path, typer.Argument(dir_okay=False, help="FILE.csv or FILE.jsonl; of one lead FILE.json.")
    ],
    where: Annotated[
        str | None, typer.Option(metavar="EXPRESSION", help="As in segments.yaml; else everybody.")
    ] = None,
    fields: Annotated[
        str | None, typer.Option(help="These columns alone, with commas between.")
    ] = None,
    lead: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Everything about this one, as JSON.")
    ] = None,
    separator: Annotated[str, typer.Option(help="CSV: the sign between cells, as ';'.")] = ",",
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV: begin with the mark by which Excel knows UTF-8.")
    ] = False,
) -> None:
    """Export leads. `leads import` reads the file back; what a spreadsheet would execute is text.

    Stopped half-way and run again, it goes on. Test leads are left out. Exit code 1: nobody of that
    address is known; 2: no such client, column or place to look, or the file can't be written.
    """
    folder = client_folder(clients, client)
    book = compiled(folder, env)
    place = reached(folder, env, profile)
    try:
        if lead is not None:
            _one(place, client, lead, file)
            return
        _all(place, book, _file(book, file, fields, where, separator, excel=excel), where)
    except OSError as error:
        stop(f"{file} can't be written: {error.strerror or error}")


def _one(place: "Reached", client: str, address: str, file: Path) -> None:
    """All that the table holds of the lead, as it would be told to it."""
    from coldframe.adapters.everything import DynamoEverything
    from workbench.leads.sources import Source

    source = Source(where=place.where, now=place.now(), record=place.deployed.record)
    found = known_record(source, client, address, as_json=False)
    told = DynamoEverything(place.deployed.records.table).of(found.lead)
    text = json.dumps({"lead": found.lead, **told}, ensure_ascii=False, indent=2, default=str)
    file.write_text(text + "\n", encoding="utf-8")
    typer.echo(f"{file}: all about {address}", err=True)


def _file(
    book: "CompiledClient",
    path: Path,
    fields: str | None,
    where: str | None,
    separator: str,
    *,
    excel: bool,
) -> "Leads":
    from infra.reading.problems import did_you_mean
    from workbench.exporting.columns import columns, unknown
    from workbench.exporting.file import Format, Leads

    if path.suffix not in {".csv", ".jsonl"} or len(separator) != 1:
        stop("the file ends in .csv or .jsonl, and the separator is one sign")
    chosen = [name.strip() for name in (fields or "").split(",") if name.strip()]
    if strange := unknown(book, chosen):
        stop(f"no column {strange[0]!r}{did_you_mean(strange[0], columns(book))}")
    return Leads(
        path=path,
        format=Format(path.suffix[1:]),
        columns=columns(book, chosen),
        separator=separator,
        bom=excel,
        asked=where or "",
    )


def _all(place: "Reached", book: "CompiledClient", file: "Leads", where: str | None) -> None:
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    from workbench.exporting.walking import Export
    from workbench.leads.asking import Counted
    from workbench.leads.roster import Roster

    place.deployed.noted("")
    counted = Counted(question=question_of(book, where)) if where else None
    shown = (TextColumn("{task.description}"), TextColumn("{task.completed:,.0f} leads"))
    with Progress(*shown, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("exporting", total=None)
        export = Export(
            roster=Roster(table=place.deployed.records.table),
            knowing=book.reactions.knowing,
            file=file,
            now=place.now(),
            counted=counted,
            after_batch=lambda more: progress.advance(task, more),
        )
        many = export()
    typer.echo(f"{file.path}: {many:,} leads of {place.where}", err=True)
