"""The quarantine of a client, in an account or in the town that runs here, and as a table."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Shown

from coldframe.adapters.quarantine import DynamoQuarantine
from coldframe.domain.suspicion import Sign, points
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.capture import QUARANTINED_FOR
from infra.place import Place
from workbench.leads.sources import LOCAL, Home, NowhereToLook
from workbench.local.running import running
from workbench.smoke.account import find

SHORT = 8
"""Characters that name one post on the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    where: str
    now: datetime
    quarantine: DynamoQuarantine


def open_quarantine(place: Place, home: Home, *, profile: str | None, region: str | None) -> Opened:
    """NowhereToLook or NotDeployed; a town that was only kept has to be started for it."""
    if profile is not None or region is not None or place.environment != LOCAL:
        return _account(place, profile=profile, region=region)
    town = running(home.running)
    if town is None:
        raise NowhereToLook(
            "nothing runs on this machine: start `coldframe up`, or name the deployed account's"
            " credentials with --profile (and --env)"
        )
    table = find(place, town.client).records.table
    return Opened(
        where=f"{place.name}, running here", now=town.now(), quarantine=DynamoQuarantine(table)
    )


def _account(place: Place, *, profile: str | None, region: str | None) -> Opened:
    import boto3

    session = boto3.session.Session(profile_name=profile, region_name=region)

    def client(service: str) -> Any:
        return session.client(service)  # type: ignore[call-overload]  # the name is a variable

    table = find(place, client).records.table
    where = f"{place.name} in {session.region_name}"
    return Opened(where=where, now=datetime.now(UTC), quarantine=DynamoQuarantine(table))


def short(suspect: Touchpoint) -> str:
    return suspect.id.partition("#")[2][:SHORT]


def chosen(waiting: list[Touchpoint], names: list[str]) -> tuple[list[Touchpoint], list[str]]:
    """Those that are named by the beginning of their ids, and names that no single one has."""
    if names == ["all"]:
        return waiting, []
    found: dict[str, list[Touchpoint]] = {
        name: [each for each in waiting if each.id.partition("#")[2].startswith(name)]
        for name in names
    }
    unclear = [name for name, those in found.items() if len(those) != 1 or not name]
    return [those[0] for name, those in found.items() if name not in unclear], unclear


def told(suspect: Touchpoint) -> dict[str, Any]:
    signs = [Sign(sign) for sign in suspect.data.get("signs", ())]
    return {
        "id": short(suspect),
        "received_at": suspect.received_at.isoformat(),
        "ends_at": (suspect.received_at + QUARANTINED_FOR).isoformat(),
        "form": suspect.data["form"],
        "address": suspect.data["address"],
        "fields": dict(suspect.data["fields"]),
        "signs": [sign.value for sign in signs],
        "points": points(signs),
    }


def show(opened: Opened, waiting: list[Touchpoint]) -> None:
    console = Console(highlight=False)
    console.print(f"[dim]{escape(opened.where)}[/]")
    table = Shown(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("id", "received", "form", "address", "why", "points"):
        table.add_column(column, overflow="fold", style="cyan" if column == "id" else None)
    for each in sorted(waiting, key=lambda suspect: suspect.received_at):
        said = told(each)
        row = (
            said["id"],
            f"{each.received_at:%d %b %H:%M}",
            said["form"],
            said["address"],
            ", ".join(said["signs"]).replace("_", " "),
            str(said["points"]),
        )
        table.add_row(*map(escape, row))
    console.print(table if waiting else "nothing waits")
