"""One client's demo told: its journeys, and for each person what came when, and why not."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from coldframe.domain.diary import Entry, diary
from coldframe.domain.record import LeadRecord
from workbench.demo.characters import Character
from workbench.demo.outcome import JourneyLine
from workbench.demo.report import LOOKS, voice_of
from workbench.leads.why import Word, passages
from workbench.local.client import DeployedClient
from workbench.local.deployed import DeployedTown


def show_journeys(console: Console, lines: Sequence[JourneyLine]) -> None:
    table = Table(box=None, pad_edge=False, title_justify="left", title="The journeys")
    for heading in ("journey", "what it is", "in", "mails", "how it ended"):
        table.add_column(heading, justify="right" if heading in {"in", "mails"} else "left")
    for line in lines:
        ends = ", ".join(f"{word} {times}" for word, times in line.ends)
        title = Text(line.title, "dim")
        table.add_row(line.journey, title, str(line.entered), str(line.mails), ends)
    console.print(table)
    console.print()


def show_person(
    console: Console,
    town: DeployedTown,
    client: DeployedClient,
    who: Character,
    record: LeadRecord,
) -> None:
    zone = ZoneInfo(client.playbook().zone)
    subjects = {mail.message: mail.subject for mail in town.mails()}
    console.print(Text.assemble((who.name, "bold"), f" {who.says}"))
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column("when", style="dim", no_wrap=True)
    table.add_column("who", no_wrap=True)
    table.add_column("what")
    about = {kind: event.about for kind, event in client.compiled.events.items()}
    for entry, more in _runs(diary(record)):
        told = about.get(entry.text, entry.text)
        text = Text(told if more == 0 else f"{told} (and {more} times more until the next line)")
        if subject := subjects.get(entry.message):
            text.append(f"  {subject}", style="dim")
        when = f"{entry.at.astimezone(zone):%d %b %y %H:%M}"
        name = Text(voice_of(entry, who.name), style=LOOKS[entry.voice])
        table.add_row(when, name, text)
    console.print(table)
    for line in _why_not(town, client, record):
        console.print(Text(f"  not sent: {line}", "yellow"))
    console.print()


def _runs(entries: Sequence[Entry]) -> Iterator[tuple[Entry, int]]:
    """Of the same again and again, the first, and how many more there are."""
    for _, run in groupby(entries, key=lambda entry: (entry.voice, entry.text, entry.message)):
        first, *more = run
        yield first, len(more)


class _Book:
    """A deployed client's playbook, as `why` reads it."""

    def __init__(self, client: DeployedClient) -> None:
        self.client, self.journey, self.mail = client.playbook, client.journey, client.mail


def _why_not(town: DeployedTown, client: DeployedClient, record: LeadRecord) -> Iterator[str]:
    """The mails of the journeys that the lead was in, but for those on ways that it didn't go."""
    for passage in reversed(passages(record, _Book(client), now=town.now())):
        for step in passage.steps:
            mail = step.does.removeprefix("sends ")
            if step.word is Word.NOT_AT_ALL and mail != step.does and "way" not in step.why:
                yield f"{mail} of {passage.journey}: {step.why}"
