"""``coldframe leads enrol``: put a lead into a journey by hand."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.commands.clients import client_folder
from workbench.commands.leads import known_record
from workbench.commands.options import CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import reached, stop


def enrol(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    address: Annotated[str, typer.Argument(help="The lead's address.")],
    journey: Annotated[str, typer.Argument(help="A journey whose `enter` says `by_hand`.")],
    why: Annotated[str, typer.Option(help="Your reason; it is kept with the lead.")],
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
) -> None:
    """Put a known lead into a journey that lets people in by hand.

    Consent, caps and the journey's own `re_enter` hold as for everybody.
    Exit code 1: nobody of that address is known; 2: no such journey, or none that is entered so.
    """
    from infra.playbook import PlaybookProblems, compile_client
    from infra.reading.problems import did_you_mean
    from workbench.leads.sources import Source
    from workbench.operating.enrolling import asked_for, may_be_entered

    folder = client_folder(clients, client)
    try:
        compiled = compile_client(folder, environment=env)
    except PlaybookProblems as mistakes:
        stop(str(mistakes))
    if journey not in compiled.journeys:
        stop(f"no journey {journey!r} in {folder}{did_you_mean(journey, compiled.journeys)}")
    if not may_be_entered(compiled.reactions, journey):
        stop(f"nobody enters {journey} by hand; add `by_hand` to its `enter` and deploy it")
    found = reached(folder, env, profile)
    place = Source(where=found.where, now=found.now(), record=found.deployed.record)
    lead = known_record(place, client, address, as_json=False)
    asked_for(found, lead, journey, why=why)
    typer.echo(f"{found.where}: {address} is asked into {journey}")
