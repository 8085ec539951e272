"""`coldframe fields CLIENT`: what a client's conditions may name, and what was declared of it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS

if TYPE_CHECKING:
    from rich.console import Console

    from infra.playbook import CompiledClient
    from infra.playbook.conditions.catalogue import Catalogue

Rows = list[tuple[str, ...]]
MISTAKES = 1


def fields(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    *,
    as_json: AS_JSON = False,
) -> None:
    """List the fields, events and functions that the client's conditions may use.

    Exit code 1: the folder has mistakes (`coldframe check` names them); 2: no such client.
    """
    compiled = _compiled(client_folder(clients, client, as_json=as_json))
    if as_json:
        typer.echo(json.dumps(document(compiled), ensure_ascii=False, indent=2))
    else:
        _print(compiled)


def catalogue(compiled: "CompiledClient") -> "Catalogue":
    return compiled.catalogue


def document(compiled: "CompiledClient") -> dict[str, Any]:
    """What the tables say, for tools."""
    from infra.playbook.conditions.reference import event_rows, field_rows, function_rows

    known = catalogue(compiled)
    heads = {
        "fields": (("name", "type", "about", "declared_in"), field_rows(known)),
        "events": (("kind", "properties", "about", "declared_in"), event_rows(known)),
        "functions": (("signature", "gives", "about", "example"), function_rows()),
    }
    listed = {
        part: [dict(zip(head, row, strict=True)) for row in rows]
        for part, (head, rows) in heads.items()
    }
    return {"client": compiled.client.client, **listed, "declared": _declared(compiled)}


def _declared(compiled: "CompiledClient") -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "type": each.type,
            "label": each.label.text,
            "labels": dict(each.label.by_language),
            "personal": each.personal,
            "keep_days": each.keep.days if each.keep else None,
            "aliases": list(each.aliases),
        }
        for each in compiled.fields.values()
    ]


def _compiled(folder: Path) -> "CompiledClient":
    from infra.playbook import PlaybookProblems, compile_client

    try:
        return compile_client(folder, environment="dev")
    except PlaybookProblems as mistakes:
        typer.echo(f"{folder.name} has mistakes; nothing is listed:\n{mistakes}", err=True)
        raise typer.Exit(MISTAKES) from mistakes


def _print(compiled: "CompiledClient") -> None:
    from rich.console import Console

    from infra.playbook.conditions.reference import event_rows, field_rows, function_rows

    known, console = catalogue(compiled), Console(highlight=False)
    _table(console, "Fields", ("field", "type", "what it is", "from"), field_rows(known))
    _table(console, "Events", ("event", "properties", "what happened", "from"), event_rows(known))
    _table(console, "Functions", ("write", "gives", "what it does", "e.g."), function_rows())
    _table(
        console,
        "Asked for and kept",
        ("field", "label", "personal", "kept", "also called"),
        [
            (
                each.name,
                each.label.text,
                "yes" if each.personal else "no",
                f"{each.keep.days} days" if each.keep else "with the lead",
                ", ".join(each.aliases),
            )
            for each in compiled.fields.values()
        ],
    )


def _table(console: "Console", title: str, head: tuple[str, ...], rows: Rows) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", title_justify="left")
    table.title = f"[bold]{title}[/bold]"
    for number, column in enumerate(head):
        table.add_column(column, overflow="fold", style="cyan" if number == 0 else None)
    for row in rows:
        table.add_row(*map(escape, row))
    console.print(table)
    console.print()
