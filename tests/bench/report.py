"""The measurements as tables for people, and as plain data for tools."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table
from rich.text import Text

from tests.bench import billed
from tests.bench.billed import Bill
from tests.bench.cold_starts import TYPICAL, ColdStart
from tests.bench.processor_time import Job, Part
from tests.bench.trees import Pycs

NEAR = 1.05
"""A goal missed by less is not told from one that is met."""


def cold_table(starts: Sequence[ColdStart]) -> Table:
    table = _table("Cold start, × python -c pass (CPU time)", "function", "calls", *Pycs)
    for heading in ("wall", "as shipped / fresh", "× typical", "goal"):
        table.add_column(heading, justify="right")
    rival = next((each for each in starts if each.function == TYPICAL), None)
    for each in starts:
        shipped = each.times_bare[Pycs.UNCHECKED]
        table.add_row(
            each.function,
            str(each.calls),
            *(f"{each.times_bare[pycs]:.1f}" for pycs in Pycs),
            f"{each.times_bare_wall[Pycs.UNCHECKED]:.1f}",
            f"{each.shipped_to_fresh:.2f}",
            f"{shipped / rival.times_bare[Pycs.FRESH]:.2f}" if rival else "",
            _against(shipped, each.goal),
        )
    return table


def cpu_table(jobs: Sequence[Job]) -> Table:
    table = _table(
        "CPU of our process, µs; the table's units (writes, reads) as DynamoDB bills them",
        *("job", "calls", "µs", "writes", "reads", "plain script", "× plain", "goal"),
    )
    for job in jobs:
        times_plain = job.microseconds / job.plain.microseconds
        table.add_row(
            job.name,
            f"{job.calls:.1f}",
            f"{job.microseconds:,.0f}",
            f"{job.written:.2f}",
            f"{job.read:.2f}",
            f"{job.plain.microseconds:,.0f} ({job.plain.calls:.1f} calls)",
            f"{times_plain:.2f}",
            _against(job.microseconds, job.goal),
        )
        for part in (*job.parts, *job.aside):
            table.add_row(
                f"  {part.handler}",
                f"{part.calls:.1f}",
                f"{part.microseconds:,.0f}",
                f"{part.written:.2f}",
                f"{part.read:.2f}",
            )
    return table


def bill_table(bill: Bill) -> Table:
    table = _table("Billed units", "of", "units", "per mail", "$ per 1,000 mails")
    for line in bill.lines():
        mails = bill.whole.mails
        table.add_row(
            line.what,
            f"{line.units:,.1f}",
            f"{line.units / mails:.2f}",
            f"{1_000 * line.dollars / mails:.4f}",
        )
    table.add_section()
    goal = _against(bill.over_ses, billed.GOAL)
    table.add_row("everything", "", "", f"{bill.dollars:.3f}")
    table.add_row("of it, what stands without any mail", "", "", f"{bill.standing:.3f}")
    table.add_row("a mail's own", "", "", f"{bill.besides:.3f}")
    table.add_row(
        "that over SES alone", "", "", Text.assemble(f"{bill.over_ses:.2f} × (", goal, ")")
    )
    return table


def lead_table(bill: Bill) -> Table:
    """A captured lead up to its first mail."""
    table = _table(f"Billed units of {bill.leads} posts and their first mails", "of", "per lead")
    captured = bill.captured
    for what, units in (
        ("table write units", captured.write_units),
        ("table read units", captured.read_units),
        ("state transitions", captured.transitions),
        ("function calls", captured.invocations),
    ):
        table.add_row(what, f"{units / bill.leads:.1f}")
    return table


def as_data(*, cold: Sequence[ColdStart], cpu: Sequence[Job], bill: Bill | None) -> dict[str, Any]:
    return {
        "cold": [
            {
                "function": each.function,
                "calls": each.calls,
                "times_bare": dict(each.times_bare),
                "times_bare_wall": dict(each.times_bare_wall),
                "shipped_to_fresh": each.shipped_to_fresh,
                "goal": each.goal,
            }
            for each in cold
        ],
        "cpu": [
            {
                "job": job.name,
                "microseconds": job.microseconds,
                "plain_microseconds": job.plain.microseconds,
                "goal": job.goal,
                "parts": [_part(part) for part in job.parts],
                "aside": [_part(part) for part in job.aside],
            }
            for job in cpu
        ],
        "bill": _bill(bill) if bill else None,
    }


def _part(part: Part) -> dict[str, Any]:
    return asdict(part)


def _bill(bill: Bill) -> dict[str, Any]:
    units = {line.what: line.units for line in bill.lines()}
    return {
        "units": units,
        "dollars_per_1000": bill.dollars,
        "standing_per_1000": bill.standing,
        "over_ses": bill.over_ses,
    }


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left", box=None)
    table.add_column(first)
    for heading in others:
        table.add_column(heading, justify="right")
    return table


def _against(value: float, goal: float | None) -> Text:
    if goal is None:
        return Text("")
    good = "green" if value <= goal else "yellow" if value <= goal * NEAR else "red"
    return Text(f"≤ {goal:,}", good)
