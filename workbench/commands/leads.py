"""``coldframe leads …``: what is known of a client's leads, and what a person may do to one."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import looked_at, reached, stop

if TYPE_CHECKING:
    from coldframe.domain.journey import Journey
    from coldframe.domain.playbook import Client, Mail
    from coldframe.domain.record import LeadRecord
    from infra.playbook import CompiledClient
    from workbench.leads.sources import Source

NOT_FOUND = 1
look = looked_at


leads = typer.Typer(
    name="leads",
    help="Look at a client's leads, and do what only a person may decide.",
    no_args_is_help=True,
)


@leads.callback()
def group() -> None:
    """Commands follow; each has its own --help."""


@leads.command()
def why(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    address: Annotated[str, typer.Argument(help="The lead's address.")],
    journey: Annotated[str | None, typer.Argument(help="This journey alone.")] = None,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """Why a lead got each mail, or didn't: every step, in the lead's own time, and what is next.

    Asks the town that `coldframe up` runs here, or the one it kept, or with --profile an account.
    Exit code 1: nobody of that address is known; 2: no such client, address or place to look.
    """
    from coldframe.domain.outcome import as_it_ended
    from workbench.leads.showing import as_json as told
    from workbench.leads.showing import show
    from workbench.leads.why import broadcasts, passages
    from workbench.window.wording import lead_zone

    folder = client_folder(clients, client, as_json=as_json)
    book = _book(folder, env)
    if journey is not None and journey not in book.compiled.journeys:
        stop(f"no journey {journey!r} in {client}{_hint(journey, book)}", as_json=as_json)
    place = looked_at(folder, env, profile, as_json=as_json)
    record = as_it_ended(known_record(place, client, address, as_json=as_json), place.now)
    zone = lead_zone(record.profile, book.client())
    found = passages(record, book, now=place.now, journey=journey)
    letters = () if journey else broadcasts(record)
    if as_json:
        typer.echo(json.dumps(told(found, letters, zone=zone), ensure_ascii=False, indent=2))
        return
    if not found and not letters:
        typer.echo(_none_entered(address, journey))
    show(place, record, found, letters, zone=zone)


@leads.command()
def readmit(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    address: Annotated[str, typer.Argument(help="The lead's address.")],
    why: Annotated[str, typer.Option(help="Your reason; it is kept with the lead.")],
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
) -> None:
    """Let an address that bounced or complained get mail again, by your own decision.

    Marketing still needs a consent that the lead confirms after its complaint.
    Exit code 1: nobody of that address is known, or nothing holds it.
    """
    from workbench.leads.sources import Source
    from workbench.operating.readmitting import readmitted

    found = reached(client_folder(clients, client), env, profile)
    record = known_record(
        Source(where=found.where, now=found.now(), record=found.deployed.record),
        client,
        address,
        as_json=False,
    )
    lifted = readmitted(found, record, tenant=f"{client}-{env}", why=why)
    if not lifted:
        stop(f"nothing holds {address}: it neither bounced nor complained", code=NOT_FOUND)
    typer.echo(f"{found.where}: {address} may get mail again ({', '.join(lifted)} lifted)")


def known_record(place: "Source", client: str, address: str, *, as_json: bool) -> "LeadRecord":
    """Ends the command where nobody of that address is known."""
    from coldframe.domain.errors import InvalidAddress

    try:
        record = place.record(address)
    except InvalidAddress as problem:
        stop(f"{address!r}: {problem}", as_json=as_json)
    if record.profile is None and not record.touchpoints and not record.messages:
        stop(
            f"nobody of the address {address} is known to {client} ({place.where})",
            as_json=as_json,
            code=NOT_FOUND,
        )
    return record


@dataclass(frozen=True, slots=True)
class CompiledBook:
    """The client's folder, as it is now."""

    compiled: "CompiledClient"

    def client(self) -> "Client":
        return self.compiled.client

    def journey(self, name: str) -> "Journey":
        return self.compiled.journeys[name]

    def mail(self, name: str) -> "Mail":
        return self.compiled.mails[name]


def _book(folder: Path, env: str) -> CompiledBook:
    from infra.playbook import PlaybookProblems, compile_client

    try:
        return CompiledBook(compile_client(folder, environment=env))
    except PlaybookProblems as mistakes:
        stop(str(mistakes))


def _hint(journey: str, book: CompiledBook) -> str:
    from infra.reading.problems import did_you_mean

    return did_you_mean(journey, book.compiled.journeys)


def _none_entered(address: str, journey: str | None) -> str:
    return f"{address} never entered {journey}." if journey else f"{address} entered no journey."
