"""``make bench``: what a cold start, a lead and a mail cost. Read the ratios: machines differ."""

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tests.bench import billed, crowd
from tests.bench.billed import Bill
from tests.bench.calls import drawn
from tests.bench.certificate import make_certificate
from tests.bench.cold_starts import ColdStart, ColdStarts
from tests.bench.interpreter import Measured, measured_python
from tests.bench.processor_time import Job, ProcessorTime
from tests.bench.report import as_data, bill_table, cold_table, cpu_table, lead_table
from tests.bench.stub import Stub

STUBBED = (
    "AWS is a stub on the loopback: TLS with a certificate of its own beside Amazon's roots, an"
    " answer at once, conditions unasked. Cold: start, imports and a first event; serve_file only"
    " signs. Warm: the CPU of our process alone, one record a stream batch."
)
BILL_STEPS = 9
PIPED = 130
"""Columns, where no terminal says how many."""
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    cold: int
    walks: int
    events: int


QUICK = Effort(cold=2, walks=1, events=80)
WHOLE = Effort(cold=7, walks=5, events=200)


@dataclass(slots=True)
class Found:
    cold: list[ColdStart]
    cpu: list[Job]
    bill: Bill | None = None


def bench(
    *,
    only: Annotated[str, typer.Option(help="cold, cpu, bill, crowd, or a function's name")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="Fewer runs: minutes, and rough.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for tools.")] = False,
) -> None:
    """Measure cold starts, CPU and billed units; nothing is asserted."""
    python = measured_python()
    console = Console(width=None if sys.stdout.isatty() else PIPED)
    if only == "crowd":
        console.print(drawn(crowd.measure(told=console.print)))
        return
    found = _measured(python, only, QUICK if quick else WHOLE)
    if as_json:
        told = as_data(cold=found.cold, cpu=found.cpu, bill=found.bill)
        typer.echo(json.dumps({"python": python.version, **told}))
        return
    console.print(f"Python {python.version}", "" if python.is_lambdas else "(not Lambda's 3.13!)")
    console.print(STUBBED, style="dim")
    for table in _tables(found):
        console.print()
        console.print(table)
    if not only:
        console.print()
        console.print(drawn(crowd.measure(told=lambda line: console.print(line, style="dim"))))


def _measured(python: Measured, only: str, effort: Effort) -> Found:
    found = Found(cold=[], cpu=[])
    with tempfile.TemporaryDirectory() as scratch, _progress() as progress:
        certificate = make_certificate(Path(scratch))
        with Stub(certificate) as stub:
            function = "" if only in ("cold", "cpu", "bill") else only
            cold = ColdStarts(python=python, stub=stub, certificate=certificate, only=function)
            if only not in ("cpu", "bill"):
                told = _bar(progress, "cold starts", cold.steps(effort.cold))
                found.cold = cold.measure(rounds=effort.cold, told=told)
            if only in ("", "cpu"):
                cpu = ProcessorTime(children=cold, rounds=effort.walks)
                told = _bar(progress, "CPU", cpu.steps())
                found.cpu = cpu.measure(events=effort.events, told=told)
        if only in ("", "bill"):
            found.bill = billed.measure(_bar(progress, "billed units", BILL_STEPS))
    return found


def _progress() -> Progress:
    look = (TextColumn("{task.fields[part]}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    return Progress(*look, TextColumn("[dim]{task.description}"), console=console, transient=True)


def _bar(progress: Progress, part: str, total: int) -> Told:
    task = progress.add_task("building…", total=total, part=part)
    return lambda what: progress.update(task, advance=1, description=what[:60])


def _tables(found: Found) -> list[object]:
    tables: list[object] = [cold_table(found.cold)] if found.cold else []
    if found.cpu:
        tables.append(cpu_table(found.cpu))
    if found.bill:
        tables += [lead_table(found.bill), bill_table(found.bill)]
    return tables


if __name__ == "__main__":
    typer.run(bench)
