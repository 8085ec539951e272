"""``coldframe leads count`` and ``leads list``: whom an expression holds for."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.leads import look
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.score import compiled

if TYPE_CHECKING:
    from rich.console import Console

    from coldframe.domain.record import LeadRecord
    from infra.playbook import CompiledClient
    from workbench.leads.asking import Counted, Question
    from workbench.leads.sources import Source

MISTAKES = 2
EXPRESSION = Annotated[
    str, typer.Argument(help="As in segments.yaml, e.g. 'score >= 50 and tier == \"warm\"'.")
]


def count(
    client: CLIENT,
    expression: EXPRESSION,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """Count the leads that an expression holds for, and how many each of its clauses lets through.

    Reads every lead's profile once, at a steady pace, through the index that lists them. Exit code
    2: the expression or the client's folder has a mistake, or there is no place to look.
    """
    folder = client_folder(clients, client, as_json=as_json)
    question = _question(folder, env, expression)
    place = look(folder, env, profile, as_json=as_json)
    counted = _counted(question)
    for _ in _members(place, counted, quiet=as_json):
        pass
    _tell(place, counted, as_json=as_json)


def listed(
    client: CLIENT,
    expression: EXPRESSION,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """List the addresses of the leads that an expression holds for, one a line.

    The count goes to the error stream, so that the list can be put into a file.
    """
    folder = client_folder(clients, client, as_json=as_json)
    question = _question(folder, env, expression)
    place = look(folder, env, profile, as_json=as_json)
    counted = _counted(question)
    addresses = [
        record.profile.address
        for record in _members(place, counted, quiet=as_json)
        if record.profile
    ]
    if as_json:
        typer.echo(json.dumps({"leads": counted.leads, "addresses": addresses}, ensure_ascii=False))
        return
    for address in addresses:
        typer.echo(address)
    typer.echo(f"{counted.found:,} of {counted.leads:,} leads", err=True)


def _question(folder: Path, env: str, expression: str) -> "Question":
    return question_of(compiled(folder, env), expression)


def question_of(book: "CompiledClient", expression: str) -> "Question":
    """Ends the command when the expression has mistakes."""
    from infra.playbook.conditions.parsing import ConditionMistakes
    from workbench.leads.asking import question

    try:
        return question(expression, book.catalogue, book.reactions)
    except ConditionMistakes as mistakes:
        typer.echo(str(mistakes), err=True)
        raise typer.Exit(MISTAKES) from mistakes


def _counted(question: "Question") -> "Counted":
    from workbench.leads.asking import Counted

    return Counted(question=question)


def _members(place: "Source", counted: "Counted", *, quiet: bool) -> "Iterator[LeadRecord]":
    from rich.console import Console
    from rich.progress import track

    records: Iterable[LeadRecord] = place.leads(whole=counted.question.whole)
    if not quiet:
        records = track(
            records,
            description="asking every lead",
            total=None,
            console=Console(stderr=True),
            transient=True,
        )
    return counted.members(records, place.now)


def _tell(place: "Source", counted: "Counted", *, as_json: bool) -> None:
    clauses = [
        {"clause": each.text, "alone": each.alone, "joined": each.joined}
        for each in counted.clauses
    ]
    if as_json:
        told = {"leads": counted.leads, "found": counted.found, "clauses": clauses}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    from rich.console import Console

    _print(Console(highlight=False), place, counted)


def _print(console: "Console", place: "Source", counted: "Counted") -> None:
    from rich.markup import escape
    from rich.table import Table

    console.print(
        f"[bold]{counted.found:,} of {counted.leads:,} leads[/] [dim]{escape(place.where)}[/]"
    )
    if not counted.clauses:
        return
    joined = "or any before" if counted.question.any_of else "and all before"
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("clause")
    for head in ("alone", joined):
        table.add_column(head, justify="right")
    for each in counted.clauses:
        table.add_row(escape(each.text), f"{each.alone:,}", f"{each.joined:,}")
    console.print(table)
