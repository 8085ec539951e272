"""``coldframe smoke CLIENT``: try a client that is deployed in a real AWS account."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT

if TYPE_CHECKING:
    from infra.playbook import CompiledClient
    from workbench.smoke.steps import Finding


def smoke(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    address: Annotated[
        str | None,
        typer.Option(help="A mailbox of yours to send to; without it, SES's simulator alone."),
    ] = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """Post the client's first form, watch its journey begin and SES report; uses your AWS profile.

    Writes test leads into the client's table. Exit code 1: something isn't as it must be.
    """
    findings = []
    console = Console(highlight=False, stderr=as_json)
    for finding in _test(client_folder(clients, client), env=env, address=address):
        findings.append(finding)
        mark = "[green]✓[/]" if finding.holds else "[bold red]✗[/]"
        console.print(f"{mark} {finding.claim} [dim]({finding.found})[/]")
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    raise typer.Exit(0 if all(finding.holds for finding in findings) else 1)


def _test(folder: Path, *, env: str, address: str | None) -> "Iterator[Finding]":
    from infra.place import Place
    from infra.playbook import compile_client
    from workbench.smoke.account import NotDeployed, find, request
    from workbench.smoke.steps import Finding, Smoke

    compiled = compile_client(folder, environment=env)
    try:
        deployed = find(Place(client=folder.name, environment=env), _aws_client)
    except NotDeployed as problem:
        yield Finding(claim="the client is deployed", holds=False, found=str(problem))
        return
    form = next(iter(compiled.forms.values()))
    at_once = _mails_at_once(compiled, form.form)
    yield from Smoke(
        deployed=deployed, form=form, mails_at_once=at_once, request=request, address=address
    )()


def _aws_client(service: str) -> Any:
    import boto3

    return boto3.client(service)  # type: ignore[call-overload]  # whichever service is asked for


def _mails_at_once(compiled: "CompiledClient", form: str) -> bool:
    """Whether a journey that the form starts begins with a mail."""
    entries = [e for e in compiled.reactions.entries if e.when.where.get("form") == form]
    return any(compiled.journeys[e.journey].steps[e.first].kind == "send" for e in entries)
