"""The demo's timeline, expectations and bill, for a newcomer's eyes."""

from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from coldframe.domain.diary import Entry, Voice, diary
from workbench.bill.bill import Units, itemised, per_thousand_mails
from workbench.demo.expectations import Expectation, record_of
from workbench.demo.people import PEOPLE, Person
from workbench.local.deployed import DeployedTown

LOOKS = {Voice.LEAD: "green", Voice.US: "cyan", Voice.MACHINE: "yellow", Voice.JOURNEY: "magenta"}


def show_timelines(console: Console, town: DeployedTown) -> None:
    for person in PEOPLE:
        _show_person(console, town, person)


def _show_person(console: Console, town: DeployedTown, person: Person) -> None:
    client = town.clients()[person.client].playbook()
    subjects = {mail.message: mail.subject for mail in town.mails()}
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column("when", style="dim", no_wrap=True)
    table.add_column("who", no_wrap=True)
    table.add_column("what")
    zone = ZoneInfo(client.zone)
    for entry in diary(record_of(town, person)):
        when = f"{entry.at.astimezone(zone):%a %d %b %H:%M}"
        name = Text(voice_of(entry, person.name), style=LOOKS[entry.voice])
        table.add_row(when, name, _what(entry, subjects))
    title = Text.assemble((person.name, "bold"), f" {person.says}")
    title.append(f"  ({client.name}, times of {client.zone})", style="dim")
    console.print(title)
    console.print(table)
    console.print()


def voice_of(entry: Entry, name: str) -> str:
    """``name``: the lead's."""
    names = {Voice.LEAD: name, Voice.US: "mail", Voice.MACHINE: "scanner"}
    return names.get(entry.voice, "journey")


def _what(entry: Entry, subjects: dict[str, str]) -> Text:
    text = Text(entry.text)
    if entry.voice is Voice.US and (subject := subjects.get(entry.message)):
        text.append(f"  {subject}", style="dim")
    return text


def show_expectations(console: Console, found: list[Expectation]) -> None:
    for expectation in found:
        mark = Text("✓ ", "green") if expectation.holds else Text("✗ ", "bold red")
        console.print(mark.append(expectation.claim, style="default"))
        if not expectation.holds:
            console.print(f"  found instead: {expectation.found}", style="red")
    console.print()


def show_bill(console: Console, units: Units) -> None:
    table = Table(title="What AWS would have billed", title_justify="left", box=None)
    for heading in ("units", "dollars", "per mail"):
        table.add_column(heading, justify="right")
    table.add_column("of")
    for line in itemised(units):
        each = line.units / units.mails if units.mails else 0
        table.add_row(f"{line.units:,.1f}", f"{line.dollars:.6f}", f"{each:.2f}", line.what)
    console.print(table)
    dollars = per_thousand_mails(units)
    console.print(
        f"\n[bold]${dollars:.3f} per 1,000 mails[/bold], forms, journeys and events included"
        f" ({dollars / 0.1:.2f} × SES alone; list prices of us-east-1, no free tier)\n"
    )
