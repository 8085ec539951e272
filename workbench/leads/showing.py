"""A lead's journeys as a table for people, or as JSON for tools."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coldframe.domain.local_time import zone_of
from coldframe.domain.record import LeadRecord
from workbench.leads.sources import Source
from workbench.leads.why import Passage, StepLine, Word
from workbench.window.ahead import Ahead
from workbench.window.wording import moment, prohibitions

COLOURS: Mapping[Word, str] = {
    Word.SENT: "green",
    Word.NOT_YET: "yellow",
    Word.NOT_AT_ALL: "red",
    Word.UNKNOWN: "red",
    Word.HERE: "cyan",
    Word.PASSED: "dim",
}


def as_json(passages: tuple[Passage, ...], broadcasts: tuple[StepLine, ...], *, zone: str) -> Any:
    """Instants in the lead's own time, with their offset."""
    told = {
        "zone": zone,
        "journeys": [asdict(each) for each in passages],
        "broadcasts": [asdict(each) for each in broadcasts],
    }
    return _plain(told, zone)


def show(
    source: Source,
    record: LeadRecord,
    passages: tuple[Passage, ...],
    broadcasts: tuple[StepLine, ...],
    *,
    zone: str,
) -> None:
    console, now = Console(highlight=False), source.now
    console.print(f"[dim]{source.where}; times in {zone}[/]\n")
    for what, since in prohibitions(record.gate, record.profile):
        console.print(f"[red]no mail[/] since {moment(since, zone, now=now)}: {what}\n")
    for each in record.identities:
        told = f"{each.address or each.id[:8]}, {each.why}, by {each.by}"
        console.print(f"[cyan]also[/] since {moment(each.at, zone, now=now)}: {escape(told)}\n")
    for told in _chosen(record, zone, now):
        console.print(f"[yellow]the lead’s choice[/] {told}\n")
    for passage in passages:
        console.print(_heading(passage, zone, now))
        console.print(_lines(passage.steps, zone, now))
        for coming in passage.next:
            console.print(f"  [bold]next[/] {escape(_coming(coming, zone, now))}")
        console.print()
    if broadcasts:
        console.print("[bold]Outside journeys[/]")
        console.print(_lines(broadcasts, zone, now))


def _chosen(record: LeadRecord, zone: str, now: datetime) -> Iterator[str]:
    chosen = record.gate.preferences
    if chosen is None:
        return
    if chosen.off:
        yield f"no mail of {', '.join(chosen.off)}"
    if chosen.paused_until and chosen.paused_until > now:
        yield f"no mail until {moment(chosen.paused_until, zone, now=now)}"
    if chosen.a_week:
        yield f"at most {chosen.a_week} a week"


def _heading(passage: Passage, zone: str, now: datetime) -> str:
    entered = moment(passage.entered_at, zone, now=now)
    told = f"[bold]{escape(passage.title)}[/] ({passage.journey}): entered {entered}"
    if passage.ended_at:
        told += f", ended {moment(passage.ended_at, zone, now=now)}: {escape(passage.reason)}"
    return told if passage.ended_at else f"{told}, {passage.status}"


def _lines(steps: tuple[StepLine, ...], zone: str, now: datetime) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 2), show_header=False)
    for line in steps:
        word = f"[{COLOURS[line.word]}]{line.word}[/]"
        table.add_row(word, escape(line.does), _when(line, zone, now), escape(line.why))
    return table


def _when(line: StepLine, zone: str, now: datetime) -> str:
    if line.until:
        return f"until {moment(line.until, zone, now=now)}"
    return moment(line.at, zone, now=now) if line.at else ""


def _coming(coming: Ahead, zone: str, now: datetime) -> str:
    at = f", {moment(coming.at, zone, now=now)}" if coming.at else ""
    told = f"{coming.text}{at}"
    told = f"{coming.when}: {told}" if coming.when else told
    return f"{told} ({coming.note})" if coming.note else told


def _plain(value: Any, zone: str) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(zone_of(zone, otherwise="UTC")).isoformat(timespec="seconds")
    if isinstance(value, Mapping):
        return {key: _plain(each, zone) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, zone) for each in value]
    return value
