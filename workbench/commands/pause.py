"""``coldframe pause`` and ``coldframe resume``: a client's marketing mails, without a deploy."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import reached

if TYPE_CHECKING:
    from collections.abc import Callable

    from coldframe.adapters.client_pause import ClientPauses


@dataclass(frozen=True, slots=True)
class Clock:
    read: "Callable[[], datetime]"

    def now(self) -> datetime:
        return self.read()


def pause(
    client: CLIENT,
    why: Annotated[str, typer.Option(help="The reason, kept with the pause.")] = "by hand",
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
) -> None:
    """Pause a client's marketing mails within half a minute. Forms and requested mails go on.

    What a pause holds up for more than three days is dropped, with that reason.
    """
    pauses, where = _pauses(client, clients, env, profile)
    if pauses.pause(why):
        typer.echo(f"{where}: marketing mails are paused")
        return
    known = pauses.read()
    since = f" since {known.since:%d %b %Y %H:%M} UTC ({known.why})" if known else ""
    typer.echo(f"{where}: they are paused already{since}")


def resume(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
) -> None:
    """Let a client's marketing mails go again: what waited comes spread over the next hours."""
    pauses, where = _pauses(client, clients, env, profile)
    told = "marketing mails go again" if pauses.resume() else "nothing is paused"
    typer.echo(f"{where}: {told}")


def _pauses(
    client: str, clients: Path, env: str, profile: str | None
) -> "tuple[ClientPauses, str]":
    from coldframe.adapters.client_pause import ClientPauses

    found = reached(client_folder(clients, client), env, profile)
    return ClientPauses(found.deployed.records.table, Clock(found.now)), found.where
