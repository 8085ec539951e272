"""`coldframe history CLIENT --out FILE`: what leads did, and what was decided, for `replay`."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.leads import known_record
from workbench.commands.options import CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import looked_at, stop
from workbench.commands.score import compiled

if TYPE_CHECKING:
    from coldframe.domain.record import LeadRecord
    from infra.playbook import CompiledClient
    from workbench.leads.sources import Source
    from workbench.replay.past import Header

NOWHERE = 2


def history(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    out: Annotated[Path, typer.Option(metavar="FILE", dir_okay=False, help="Where it goes.")],
    addresses: Annotated[
        list[str] | None, typer.Argument(help="These leads alone; else everybody.")
    ] = None,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    region: Annotated[str | None, typer.Option(help="Else the profile's own.")] = None,
    *,
    with_personal_data: Annotated[
        bool, typer.Option("--with-personal-data", help="Keep addresses and values as they are.")
    ] = False,
) -> None:
    """Export leads' histories: one line of JSON each. Who they are is replaced by pseudonyms.

    Asks the town that `coldframe up` runs here, or the one it kept, or with --profile an account,
    where it walks the index that lists all leads at a steady pace. Exit code 1: nobody of that
    address is known; 2: no such client, no place to look, or the file can't be written.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    from workbench.replay.in_words import exported

    folder = client_folder(clients, client)
    book = compiled(folder, env)
    place = looked_at(folder, env, profile, region=region)
    named = [known_record(place, client, each, as_json=False) for each in addresses or ()]
    records = named or _everybody(place)
    try:
        header = _write(out, records, book, place, personal=with_personal_data)
    except (BotoCoreError, ClientError) as error:
        stop(f"the leads can't be read: {error}", code=NOWHERE)
    except OSError as error:
        stop(f"{out} can't be written: {error.strerror or error}", code=NOWHERE)
    many = "1 lead" if header.leads == 1 else f"{header.leads:,} leads"
    typer.echo(f"{out}: {many} of {place.where}", err=True)
    for line in exported(header.replaced):
        typer.echo(line, err=True)


def _write(
    out: Path,
    records: "Iterable[LeadRecord]",
    book: "CompiledClient",
    place: "Source",
    *,
    personal: bool,
) -> "Header":
    from workbench.replay.book import book_of
    from workbench.replay.history_file import Writing
    from workbench.replay.named import named_by
    from workbench.replay.past import Header, Replaced, past_of
    from workbench.replay.pseudonyms import Pseudonyms

    others = Pseudonyms(named=named_by(book_of(book)), declared=book.fields)
    writing = Writing(out)
    try:
        for record in records:
            past = past_of(record, book.reactions.knowing, at=place.now)
            writing.add(past if personal else others.of(past))
        header = Header(
            client=book.client.client,
            environment=book.client.environment,
            at=place.now,
            where=place.where,
            leads=writing.leads,
            replaced=Replaced() if personal else others.replaced(),
            pause=place.pause(),
        )
        writing.finish(header)
    except BaseException:
        writing.give_up()
        raise
    return header


def _everybody(place: "Source") -> "Iterator[LeadRecord]":
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    walk = place.leads(whole=True)
    text = "reading every lead"
    yield from track(walk, description=text, total=None, console=console, transient=True)
