"""`coldframe check CLIENT`: every mistake of a client's folder at once, or what is in it."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import UNKNOWN_CLIENT, client_folder
from workbench.commands.options import AS_JSON, CLIENTS, ENVIRONMENT

if TYPE_CHECKING:
    from infra.playbook import CompiledClient, Problem
    from infra.playbook.lints.finding import Finding


def check(
    client: Annotated[
        str | None, typer.Argument(help="The client's folder, e.g. bakery. Without it: all.")
    ] = None,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    *,
    as_json: AS_JSON = False,
    links: Annotated[
        bool, typer.Option("--links", help="Also follow the mails' links (needs a network).")
    ] = False,
) -> None:
    """Check a client's folder as a deploy would. Exit code 1: mistakes; 2: no such client."""
    good = [
        _check(folder, env, as_json=as_json, links=links)
        for folder in _folders(clients, client, as_json)
    ]
    raise typer.Exit(0 if all(good) else 1)


def _folders(clients: Path, client: str | None, as_json: bool) -> list[Path]:  # noqa: FBT001 - the command's own switch, handed on
    from infra.playbook import all_clients

    if client is not None:
        return [client_folder(clients, client, as_json=as_json)]
    if not (found := all_clients(clients)):
        typer.echo(f"{clients} holds no client", err=True)
        raise typer.Exit(UNKNOWN_CLIENT)
    return found


def _check(folder: Path, env: str, *, as_json: bool, links: bool) -> bool:
    from infra.playbook import PlaybookProblems, compile_client
    from infra.playbook.lints.finding import Severity
    from infra.playbook.lints.lints import lint
    from infra.playbook.lints.reaching import unreachable

    try:
        compiled = compile_client(folder, environment=env)
    except PlaybookProblems as mistakes:
        (_print_json if as_json else _print_problems)(folder.name, mistakes.problems)
        return False
    findings = lint(
        compiled,
        folder,
        today=datetime.now(UTC).date(),
        reach=unreachable if links else None,
    )
    if as_json:
        _print_json(folder.name, [], counts(compiled), findings)
    else:
        _print_good(compiled, findings)
    return not any(each.severity is Severity.ERROR for each in findings)


def counts(compiled: "CompiledClient") -> dict[str, int]:
    """What the folder holds, by its kind."""
    return {
        "form": len(compiled.forms),
        "journey": len(compiled.journeys),
        "mail": sum(1 for mail in compiled.mails if not mail.startswith("_")),
        "broadcast": sum(1 for name in compiled.broadcasts if not name.startswith("_")),
        "file": len(compiled.files),
    }


def _print_good(compiled: "CompiledClient", findings: "Sequence[Finding]") -> None:
    from rich.console import Console
    from rich.markup import escape

    parts = [f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in counts(compiled).items() if n]
    where = f"[bold]{compiled.client.client}[/bold] ({compiled.client.environment})"
    console = Console(highlight=False)
    for found in findings:
        at = f"[cyan]{found.file}:{found.line}[/cyan]"
        kind = f"[{_COLOURS[found.severity.name]}]{found.severity.name.lower()}[/]"
        console.print(f"{at} {kind}: {escape(found.text)}", soft_wrap=True)
    good = "[green]all good[/green]" if not findings else _tally(findings)
    console.print(f"{where}: {', '.join(parts)}… {good}", soft_wrap=True)


_COLOURS = {"ERROR": "red", "WARNING": "yellow", "NOTE": "dim"}


def _tally(findings: "Sequence[Finding]") -> str:
    counts = Counter(found.severity.name for found in findings)
    return ", ".join(
        f"[{colour}]{counts[name]} {name.lower()}{'' if counts[name] == 1 else 's'}[/]"
        for name, colour in _COLOURS.items()
        if counts[name]
    )


def _print_problems(client: str, problems: "Iterable[Problem]") -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("where", "what", "what is wrong"):
        table.add_column(column, overflow="fold")
    found = list(problems)
    for problem in found:
        where = f"{problem.file}:{problem.line}"
        table.add_row(f"[cyan]{where}[/cyan]", escape(problem.path), escape(problem.text))
    console = Console(highlight=False)
    console.print(table)
    count = f"{len(found)} mistake{'' if len(found) == 1 else 's'}"
    console.print(f"\n[bold]{client}[/bold]: [red]{count}[/red]; nothing was compiled")


def _print_json(
    client: str,
    problems: "Iterable[Problem]",
    found: dict[str, int] | None = None,
    findings: "Sequence[Finding]" = (),
) -> None:
    from dataclasses import asdict

    listed = [asdict(problem) for problem in problems]
    advice = [{**asdict(each), "severity": each.severity.name.lower()} for each in findings]
    document = {
        "client": client,
        "ok": not listed and not any(each["severity"] == "error" for each in advice),
        "problems": listed,
        "findings": advice,
        "counts": found or {},
    }
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
