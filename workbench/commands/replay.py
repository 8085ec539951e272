"""`coldframe replay CLIENT --history FILE`: what today's code would have decided."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS
from workbench.commands.reaching import stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.playbook import CompiledClient
    from workbench.replay.history_file import History
    from workbench.replay.running import Replayed

CHANGED = 1
MINUTES = 15


def replay(
    client: CLIENT,
    history: Annotated[
        Path, typer.Option(metavar="FILE", help="What `coldframe history` exported.")
    ],
    clients: CLIENTS = Path("clients"),
    *,
    tolerance: Annotated[
        int, typer.Option(min=0, max=1440, help="Minutes by which nothing counts as moved.")
    ] = MINUTES,
    as_json: AS_JSON = False,
) -> None:
    """Run an exported history through the folder as it is now, and list what would be decided anew.

    Needs no AWS and no local cloud. Exit code 1: some decision changes; 2: no such client, its
    folder has mistakes, or the history can't be read.
    """
    from workbench.replay.history_file import UnreadableHistory, opened
    from workbench.replay.in_words import as_data, printable, report

    folder = client_folder(clients, client, as_json=as_json)
    try:
        past = opened(history, client=client)
        found = _replayed(past, folder, tolerance, as_json=as_json)
    except UnreadableHistory as problem:
        stop(printable(str(problem)), as_json=as_json)
    if as_json:
        typer.echo(json.dumps(as_data(past.header, found), ensure_ascii=False, indent=2))
    else:
        typer.echo(report(past.header, found), nl=False)
    raise typer.Exit(CHANGED if found.changed else 0)


def _replayed(past: "History", folder: Path, tolerance: int, *, as_json: bool) -> "Replayed":
    from workbench.replay.book import book_of
    from workbench.replay.running import assert_answerable
    from workbench.replay.running import replay as run

    book = book_of(_compiled(folder, past.header.environment, as_json=as_json))
    assert_answerable(past, book)
    with _progress(past.size) as told:
        return run(past, book, tolerance=timedelta(minutes=tolerance), told=told)


def _compiled(folder: Path, environment: str, *, as_json: bool) -> "CompiledClient":
    from infra.playbook import PlaybookProblems, compile_client

    try:
        return compile_client(folder, environment=environment)
    except PlaybookProblems as mistakes:
        stop(f"{folder.name} has mistakes; nothing is replayed:\n{mistakes}", as_json=as_json)


@contextmanager
def _progress(size: int) -> "Iterator[Callable[[int], None]]":
    """A bar on stderr, where somebody looks at it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("replaying"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("replaying", total=size)
        yield lambda done: progress.update(task, completed=done)
