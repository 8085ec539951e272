"""Which client a command is about: the folder of that name, or a hint at what was meant."""

import json
from pathlib import Path

import typer

UNKNOWN_CLIENT = 2


def client_folder(clients: Path, client: str, *, as_json: bool = False) -> Path:
    """Ends the command with exit code 2 when there is none of that name."""
    folder = clients / client
    if client and client == Path(client).name and folder.is_dir():
        return folder
    from infra.playbook import all_clients
    from infra.reading.problems import did_you_mean

    known = [path.name for path in all_clients(clients)]
    hint = did_you_mean(client, known) or f"; {clients} holds no client"
    message = f"no client {client!r} in {clients}{hint}"
    if as_json:
        typer.echo(json.dumps({"client": client, "ok": False, "error": message}))
    else:
        typer.echo(message, err=True)
    raise typer.Exit(UNKNOWN_CLIENT)
