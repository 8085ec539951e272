"""`coldframe forms CLIENT`: what to give to whoever builds the client's pages."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT

if TYPE_CHECKING:
    from infra.playbook import CompiledClient
    from workbench.forms.handed_out import HandedOut

MISTAKES = 1


def forms(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "prod",
    base: Annotated[
        str,
        typer.Option(
            help="Where the client's forms begin, e.g. https://go.example.com; `coldframe up`"
            " prints the local one. Without it: the client's own domain."
        ),
    ] = "",
    language: Annotated[
        str, typer.Option("--lang", help="One of the form's languages; without it, its own.")
    ] = "",
    *,
    as_json: AS_JSON = False,
) -> None:
    """Print each form's URL, a plain <form>, a frame to embed, and a curl line that works.

    Exit code 1: the folder has mistakes (`coldframe check` names them); 2: no such client.
    """
    from workbench.forms.handed_out import hand_out, script_tag

    compiled = _compiled(client_folder(clients, client, as_json=as_json), env)
    where = base.rstrip("/") or _own_domain(compiled, env)
    visits = compiled.visits is not None
    found = [
        hand_out(form, base=where, language=language, visits=visits)
        for form in compiled.forms.values()
    ]
    if as_json:
        listed = [asdict(form) for form in found]
        tag = script_tag(where) if compiled.visits else ""
        told = {"client": client, "script": tag, "forms": listed}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if compiled.visits:
        typer.secho("\nThe script, once on every page", bold=True)
        typer.echo(script_tag(where))
    for form in found:
        _print(form)


def _own_domain(compiled: "CompiledClient", env: str) -> str:
    """A client without a domain gets the API's own address, which a deploy prints."""
    from infra.place import Place
    from workbench.forms.handed_out import PLACEHOLDER

    place = Place(client=compiled.client.client, environment=env)
    domain = place.domain(compiled.extra.domain)
    return f"https://{domain}" if domain else PLACEHOLDER


def _compiled(folder: Path, env: str) -> "CompiledClient":
    from infra.playbook import PlaybookProblems, compile_client

    try:
        return compile_client(folder, environment=env)
    except PlaybookProblems as mistakes:
        typer.echo(f"{folder.name} has mistakes; no form is printed:\n{mistakes}", err=True)
        raise typer.Exit(MISTAKES) from mistakes


def _print(form: "HandedOut") -> None:
    """What is to be copied is printed as it is, without a frame or a colour."""
    typer.secho(f"\n{form.form}", bold=True)
    typer.echo(f"\nURL ({', '.join(form.languages)})\n{form.url}")
    typer.echo(f"\nA plain form, for a page of the client's\n{form.markup}")
    none = "name the client's pages under `sites` in client.yaml, and they may embed it"
    typer.echo(f"\nThe form in a frame\n{form.snippet or none}")
    typer.echo(f"\nTry it\n{form.curl}")
