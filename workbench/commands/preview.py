"""``coldframe preview CLIENT [MAIL]``: a client's mails in a browser, or as a test in a mailbox."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import CLIENT, CLIENTS, ENVIRONMENT

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile
    from workbench.preview.studio import Edition, Studio

WRONG = 2
_ADDRESS = re.compile(r"[^@=\s]+@[^@\s]+")


def preview(  # noqa: PLR0917 - the command line's own
    client: CLIENT,
    mail: Annotated[
        str | None, typer.Argument(help="The mail; without it, all are listed.")
    ] = None,
    lead: Annotated[
        list[str] | None,
        typer.Option(help="first_name=Ada, as often as you like; or a lead's address."),
    ] = None,
    language: Annotated[str, typer.Option(help="As de, or de-formal.")] = "",
    to: Annotated[
        str | None, typer.Option(help="Send it, marked as a test, to one of the client's testers.")
    ] = None,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: Annotated[
        str | None,
        typer.Option(help="An AWS profile: send by the deployed account, not this machine's town."),
    ] = None,
    port: Annotated[int, typer.Option(help="Where the pages are served; 0 takes any.")] = 0,
    *,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
) -> None:
    """See a mail as a lead would get it; the page loads again when a file changes.

    With --to it goes, marked TEST, through SES: of the account that --profile names, else of the
    town that `coldframe up` runs here. Exit code 2: no such client, mail, field, lead or tester.
    """
    from workbench.preview.studio import Studio

    folder = client_folder(clients, client)
    studio = Studio(folder, environment=env)
    try:
        edition = _edition(studio, mail)
        known, first = _lead(folder, env, profile, lead or [])
        if to is not None:
            _send(edition, mail, known, first, language=language, to=to, env=env, profile=profile)
            return
        _serve(studio, mail, known, first, language=language, port=port, open_=open_)
    finally:
        studio.close()


def _edition(studio: "Studio", mail: str | None) -> "Edition":
    from infra.reading.problems import did_you_mean

    edition = studio.edition()
    if mail is not None and not edition.problems and edition.mail(mail) is None:
        known = [each.mail for each in edition.mails()]
        _stop(f"no mail {mail!r}{did_you_mean(mail, known)}")
    return edition


def _lead(
    folder: Path, env: str, profile: str | None, told: list[str]
) -> "tuple[Profile | None, str]":
    """A lead that is known, if an address was given; and fields, one a line."""
    from workbench.preview.leads import NotALead, fields_in

    addresses = [each for each in told if _ADDRESS.fullmatch(each)]
    lines = [each for each in told if each not in addresses]
    try:
        fields_in(lines)
    except NotALead as problem:
        _stop(str(problem))
    if not addresses:
        return None, "\n".join(lines)
    from workbench.commands.leads import known_record
    from workbench.commands.reaching import looked_at

    place = looked_at(folder, env, profile)
    record = known_record(place, folder.name, addresses[0], as_json=False)
    return record.profile, "\n".join(lines)


def _send(
    edition: "Edition",
    mail: str | None,
    known: "Profile | None",
    first: str,
    *,
    language: str,
    to: str,
    env: str,
    profile: str | None,
) -> None:
    from coldframe.domain.errors import ColdframeError
    from infra.place import Place
    from workbench.preview.leads import fields_in, imagined
    from workbench.preview.sending import NotATester, checked_tester, send_test

    found = edition.mail(mail or "")
    if edition.compiled is None or found is None:
        _stop("\n".join(edition.problems) or "name the mail that is to be sent")
    try:
        tester = checked_tester(to, edition.compiled.extra.testers)
        made = edition.rendered(
            found, imagined(fields_in(first.splitlines()), known), language=language
        )
        place = Place(client=edition.compiled.client.client, environment=env)
        send_test(made, tester, place=place, clients=_clients(profile))
    except (NotATester, ColdframeError) as problem:
        _stop(str(problem) or type(problem).__name__)
    typer.echo(f"{found.mail} went to {tester}, marked as a test")


def _clients(profile: str | None) -> Any:
    """boto3's clients by service."""
    if profile is None:
        from workbench.leads.sources import home
        from workbench.local.running import running
        from workbench.local.synthesis import ROOT

        town = running(home(ROOT).running)
        if town is None:
            _stop("nothing runs here: start `coldframe up`, or name an account by --profile")
        return town.client
    import boto3
    from botocore.config import Config

    session = boto3.session.Session(profile_name=profile)
    once = Config(retries={"total_max_attempts": 1})
    return lambda service: session.client(service, config=once)


def _serve(
    studio: "Studio",
    mail: str | None,
    known: "Profile | None",
    first: str,
    *,
    language: str,
    port: int,
    open_: bool,
) -> None:
    import threading
    import webbrowser
    from urllib.parse import urlencode

    from workbench.preview.app import create_app
    from workbench.window.serving import serve

    served = serve(create_app(studio, known=known, first=first), port)
    query = f"?{urlencode({'language': language})}" if language else ""
    url = f"{served.url}/mails/{mail}{query}" if mail else served.url
    typer.echo(f"{url}\nCtrl+C ends it.")
    if open_:
        webbrowser.open(url)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        typer.echo("")
    finally:
        served.stop()


def _stop(problem: str) -> NoReturn:
    typer.echo(problem, err=True)
    raise typer.Exit(WRONG)
