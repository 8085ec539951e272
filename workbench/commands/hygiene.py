"""``coldframe leads hygiene``: what is wrong with the leads themselves, in counts and a file."""

import csv
import json
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import reached, stop
from workbench.commands.score import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coldframe.domain.record import LeadRecord
    from infra.playbook import CompiledClient
    from workbench.leads.hygiene import Finding, Hygiene
    from workbench.leads.sources import Reached

HEAD = ("address", "fault", "detail", "since")


def hygiene(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", dir_okay=False, help="Each finding, a line.")
    ] = None,
    stale: Annotated[int, typer.Option(min=1, help="Days without a deed of its own.")] = 180,
    needs: Annotated[
        str | None, typer.Option(help="Key fields, with commas; else what all forms demand.")
    ] = None,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """Count leads that are duplicates, stale, half known, out of reach, or were never touched.

    Reads every lead's profile once, at a steady pace, through the index that lists them; changes
    nothing. Exit code 2: no such client or field, no place to look, or the file can't be written.
    """
    folder = client_folder(clients, client, as_json=as_json)
    book = compiled(folder, env)
    found = reached(folder, env, profile)
    report = _report(book, found, needs, timedelta(days=stale))
    try:
        _walk(report, _records(found, quiet=as_json), out)
    except OSError as error:
        stop(f"{out} can't be written: {error.strerror or error}", as_json=as_json)
    _tell(report, found, out, as_json=as_json)


def _report(
    book: "CompiledClient", found: "Reached", needs: str | None, stale: timedelta
) -> "Hygiene":
    from infra.reading.problems import did_you_mean
    from workbench.leads.hygiene import Hygiene, key_fields, phones
    from workbench.operating.merging import kept_apart

    named = [name.strip() for name in (needs or "").split(",") if name.strip()]
    for name in named:
        if name not in book.fields:
            stop(f"no field {name!r}{did_you_mean(name, book.fields)}")
    table = found.deployed.records.table

    def written_to(lead: str) -> bool:
        asked = table.query(
            "#pk = :pk AND begins_with(#sk, :mail)", limit=1, pk=f"L#{lead}", mail="M#"
        )
        return next(iter(asked), None) is not None

    return Hygiene(
        key_fields=named or key_fields(book),
        phones=phones(book),
        now=found.now(),
        stale_after=stale,
        written_to=written_to,
        apart=lambda one, other: kept_apart(table, one, other) is not None,
    )


def _records(found: "Reached", *, quiet: bool) -> "Iterable[LeadRecord]":
    from rich.console import Console
    from rich.progress import track

    from workbench.leads.roster import Roster

    found.deployed.noted("")
    roster = Roster(table=found.deployed.records.table)
    walk: Iterator[LeadRecord] = (
        record for records, _ in roster.batches(gates=True) for record in records
    )
    if quiet:
        return walk
    console = Console(stderr=True)
    text = "looking at every lead"
    return track(walk, description=text, total=None, console=console, transient=True)


def _walk(report: "Hygiene", records: "Iterable[LeadRecord]", out: Path | None) -> None:
    with ExitStack() as opened:
        writer: Any = None
        if out is not None:
            file = opened.enter_context(out.open("w", encoding="utf-8", newline=""))
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(HEAD)
        for finding in report.findings(records):
            if writer is not None:
                writer.writerow(_cells(finding))


def _cells(finding: "Finding") -> list[str]:
    from coldframe.domain.instants import text_of
    from workbench.importing.spreadsheets import defused

    since = text_of(finding.since) if finding.since else ""
    return [defused(each) for each in (finding.address, finding.fault, finding.detail, since)]


def _tell(report: "Hygiene", found: "Reached", out: Path | None, *, as_json: bool) -> None:
    from workbench.leads.hygiene import ABOUT

    counts = {fault.value: report.counts[fault] for fault in ABOUT}
    if as_json:
        typer.echo(json.dumps({"leads": report.leads, "counts": counts}))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    console.print(f"[bold]{report.leads:,} leads[/] [dim]{found.where}[/]")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column()
    table.add_column(style="dim")
    for fault, about in ABOUT.items():
        table.add_row(f"{report.counts[fault]:,}", fault.value, about)
    console.print(table)
    if out is not None:
        console.print(f"[dim]each of them: {out}[/]")
