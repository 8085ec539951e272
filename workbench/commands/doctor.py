"""``coldframe doctor CLIENT``: what still blocks a client's mails, and how to mend it."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import reached, stop

if TYPE_CHECKING:
    from infra.place import Place
    from infra.playbook import CompiledClient
    from workbench.leads.sources import Reached
    from workbench.operating.dns import DnsRecord
    from workbench.operating.finding import Finding


def doctor(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "prod",
    profile: PROFILE = None,
    *,
    dns: Annotated[
        bool, typer.Option("--dns", help="Print the DNS records that the client's mails need.")
    ] = False,
    as_json: AS_JSON = False,
) -> None:
    """Say what still blocks a deployed client's mails, and how each is mended.

    Changes nothing. Exit code 1: something blocks them.
    """
    from infra.place import Place
    from workbench.operating.allowances import sharing
    from workbench.operating.dns import resolve
    from workbench.operating.health import Checkup

    folder = client_folder(clients, client, as_json=as_json)
    compiled, place = _compiled(folder, env), Place(client=client, environment=env)
    found = reached(folder, env, profile)
    if dns:
        _print_records(_records(compiled, place, found), as_json=as_json)
        return
    checkup = Checkup(
        compiled=compiled,
        place=place,
        reached=found,
        resolve=resolve,
        sharing=sharing(folder, env),
    )
    findings = list(checkup())
    _print_findings(findings, found.where, as_json=as_json)
    raise typer.Exit(1 if any(each.blocks and not each.holds for each in findings) else 0)


def _compiled(folder: Path, env: str) -> "CompiledClient":
    from infra.playbook import PlaybookProblems, compile_client

    try:
        return compile_client(folder, environment=env)
    except PlaybookProblems as mistakes:
        stop(str(mistakes))


def _records(compiled: "CompiledClient", place: "Place", found: "Reached") -> "list[DnsRecord]":
    from workbench.operating.dns import records, sending_domain

    ses = found.client("sesv2")
    identity = ses.get_email_identity(EmailIdentity=sending_domain(compiled))
    tokens = identity.get("DkimAttributes", {}).get("Tokens", [])
    return list(
        records(
            compiled,
            place,
            region=ses.meta.region_name,
            tokens=tokens,
            target=found.deployed.domain_target,
        )
    )


def _print_records(records: "Iterable[DnsRecord]", *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in records], indent=2))
        return
    for each in records:
        typer.echo(f"; {each.why}\n{each.name}. {each.type} {_zone_value(each)}")


def _zone_value(record: "DnsRecord") -> str:
    return f'"{record.value}"' if record.type == "TXT" else f"{record.value}."


def _print_findings(findings: "list[Finding]", where: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in findings], ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    console = Console(highlight=False)
    console.print(f"[dim]{where}[/]")
    for each in findings:
        mark = "[green]✓[/]" if each.holds else "[bold red]✗[/]" if each.blocks else "[yellow]![/]"
        found = f" [dim]({each.found})[/]" if each.found else ""
        console.print(f"{mark} {each.claim}{found}")
        if not each.holds:
            console.print(f"    [cyan]{each.mend}[/]")
