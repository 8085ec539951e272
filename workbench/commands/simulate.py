"""`coldframe simulate CLIENT JOURNEY`: synthetic leads go through a journey on a virtual clock."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.playbook import CompiledClient
    from workbench.simulate.scene import Scene

MISTAKES, UNKNOWN = 1, 2
MOST_LEADS, MOST_DAYS = 1_000_000, 3_660


def simulate(
    client: CLIENT,
    journey: Annotated[str, typer.Argument(help="The journey, e.g. welcome; a draft will do.")],
    clients: CLIENTS = Path("clients"),
    *,
    leads: Annotated[int, typer.Option(min=1, max=MOST_LEADS, help="How many come in.")] = 1000,
    days: Annotated[int, typer.Option(min=1, max=MOST_DAYS, help="For how long.")] = 90,
    seed: Annotated[int, typer.Option(help="The same seed tells the same story.")] = 7,
    lead: Annotated[
        str, typer.Option("--lead", metavar="ADDRESS", help="One lead's diary instead.")
    ] = "",
    behaviour: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="How leads behave, as YAML; what it doesn't name stays as printed.",
        ),
    ] = None,
    overrule: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="One of these, e.g. open=60%."),
    ] = None,
    as_json: AS_JSON = False,
) -> None:
    """Send synthetic leads through a journey, without AWS: who got what, when, and why not.

    Exit code 1: the folder or the behaviour has mistakes; 2: no such client, journey or lead.
    """
    folder = client_folder(clients, client, as_json=as_json)
    _assert_there(folder, journey)
    scene = _scene(folder, journey, behaviour, overrule or [], seed=seed, days=days)
    if lead:
        _tell_one(scene, lead, leads=leads, as_json=as_json)
    else:
        _tell_all(scene, leads, as_json=as_json)


def _assert_there(folder: Path, journey: str) -> None:
    from infra.reading.problems import did_you_mean

    known = [path.stem for path in (folder / "journeys").glob("*.yaml")]
    if journey not in known:
        hint = did_you_mean(journey, known) or "; it has none"
        _stop(f"no journey {journey!r} in {folder}{hint}", UNKNOWN)


def _scene(
    folder: Path,
    journey: str,
    behaviour: Path | None,
    overrule: list[str],
    *,
    seed: int,
    days: int,
) -> "Scene":
    from infra.playbook import PlaybookProblems
    from workbench.simulate.behaviour_file import read_behaviour
    from workbench.simulate.scene import scene_of

    compiled = _compiled(folder, journey)
    try:
        behaves = read_behaviour(behaviour, overrule, fields=compiled.fields)
    except PlaybookProblems as mistakes:
        _stop(f"the behaviour has mistakes:\n{mistakes}", MISTAKES)
    return scene_of(compiled, journey, behaves, seed=seed, days=days)


def _compiled(folder: Path, journey: str) -> "CompiledClient":
    from infra.playbook import PlaybookProblems, compile_client

    try:
        return compile_client(folder, environment="dev", as_live=journey)
    except PlaybookProblems as mistakes:
        _stop(f"{folder.name} has mistakes; nothing is simulated:\n{mistakes}", MISTAKES)


def _tell_all(scene: "Scene", leads: int, *, as_json: bool) -> None:
    from workbench.simulate.findings import findings
    from workbench.simulate.in_words import report
    from workbench.simulate.running import simulate as run

    with _progress(leads) as told:
        tally = run(scene, leads=leads, told=told)
    found = findings(scene, tally)
    _print(found if as_json else report(scene, found))


def _tell_one(scene: "Scene", address: str, *, leads: int, as_json: bool) -> None:
    from workbench.simulate.diary import diary, diary_data
    from workbench.simulate.people import address_of, number_of
    from workbench.simulate.running import diary_of

    number = number_of(address)
    if number is None or number >= leads:
        first, last = address_of(0), address_of(leads - 1)
        _stop(f"no lead {address!r} in this simulation; they are {first} to {last}", UNKNOWN)
    ride, story = diary_of(scene, number)
    tell = diary_data if as_json else diary
    _print(tell(scene, ride.person, story))


def _print(found: dict[str, Any] | str) -> None:
    if isinstance(found, str):
        typer.echo(found, nl=False)
    else:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


@contextmanager
def _progress(leads: int) -> "Iterator[Callable[[int], None] | None]":
    """A bar on stderr, where somebody looks at it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("leads"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("leads", total=leads)
        yield lambda done: progress.advance(task, done)


def _stop(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)
