"""``coldframe leads surge``: what is held when far too many new leads came, and a person's word."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.pause import Clock
from workbench.commands.reaching import reached, stop

if TYPE_CHECKING:
    from coldframe.adapters.counting import DynamoNewcomers
    from coldframe.adapters.surges import DynamoSurges
    from coldframe.domain.surge import Looked, Surges

NOTHING_HELD = 1


class Word(StrEnum):
    SHOW = "show"
    RELEASE = "release"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    where: str
    now: datetime
    surges: "DynamoSurges"
    newcomers: "DynamoNewcomers"


def surge(
    client: CLIENT,
    what: Annotated[Word, typer.Argument(help="show, release or drop.")] = Word.SHOW,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """Look at a surge of new leads, and release its mails, one after another, or drop them.

    Exit code 1: nothing is held, so nothing can be released or dropped.
    """
    opened = _open(client_folder(clients, client, as_json=as_json), env, profile)
    if what is Word.SHOW:
        _show(opened, as_json=as_json)
        return
    after = _settled(opened, dropped=what is Word.DROP)
    if after is None:
        stop("no surge is held", as_json=as_json, code=NOTHING_HELD)
    last = after.looked[-1]
    typer.echo(json.dumps(_told(last)) if as_json else _ended(last))


def _open(folder: Path, env: str, profile: str | None) -> Opened:
    from coldframe.adapters.counting import DynamoNewcomers
    from coldframe.adapters.surges import DynamoSurges

    found = reached(folder, env, profile)
    table = found.deployed.records.table
    return Opened(
        where=found.where,
        now=found.now(),
        surges=DynamoSurges(table, Clock(found.now)),
        newcomers=DynamoNewcomers(table),
    )


def _settled(opened: Opened, *, dropped: bool) -> "Surges | None":
    from coldframe.domain.errors import StaleLead
    from coldframe.services.surging import looked_at

    try:
        return looked_at(opened.surges, opened.newcomers, now=opened.now, dropped=dropped)
    except StaleLead:
        stop("somebody else has just looked at it: look again")


def _show(opened: Opened, *, as_json: bool) -> None:
    from coldframe.domain.surge import LEARNED_FROM, hour_of, limit
    from coldframe.services.surging import busiest

    known, hour = opened.surges.read(), hour_of(opened.now)
    hours = opened.newcomers.by_hour(hour - LEARNED_FROM)
    most = limit(busiest(hours), known, hour=hour)
    held = sum(leads for at, leads in hours.items() if known.since and at >= hour_of(known.since))
    if as_json:
        since = known.since.isoformat() if known.since else None
        ended = [_told(each) for each in known.looked]
        told = {"held_since": since, "held": held, "this_hour": hours.get(hour, 0), "limit": most}
        typer.echo(json.dumps({**told, "ended": ended}, indent=2))
        return
    typer.echo(opened.where)
    typer.echo(f"new leads this hour: {hours.get(hour, 0)}; more than {most} would be a surge")
    if known.since:
        typer.echo(
            f"held: {held} leads since {known.since:%d %b %H:%M} UTC. Look at them with `coldframe"
            " leads list`, then `release` or `drop`."
        )
    for each in known.looked[-5:]:
        typer.echo(f"{each.since:%d %b %H:%M} to {each.at:%d %b %H:%M}: {_ended(each)}")


def _ended(looked: "Looked") -> str:
    if looked.dropped:
        return f"{looked.leads} leads dropped: they get no mail unless they post once more"
    minutes = round(looked.paced_over.total_seconds() / 60)
    return f"{looked.leads} leads released: their mails go within {minutes} minutes of their turn"


def _told(looked: "Looked") -> dict[str, Any]:
    return {
        "since": looked.since.isoformat(),
        "at": looked.at.isoformat(),
        "leads": looked.leads,
        "dropped": looked.dropped,
    }
