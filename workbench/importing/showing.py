"""What the person sees: how the file is read, and what became, or would become, of its rows."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coldframe.domain.importing import Verdict
from workbench.importing.mapping import SKIP, Mapping
from workbench.importing.preparing import Prepared
from workbench.importing.running import DUPLICATE, LEFT_OUT, REJECTED, Told

MOST_REASONS = 8
COUNTED = (
    (Verdict.NEW.value, "nobody knew them"),
    (Verdict.CHANGED.value, "something about them is new"),
    (Verdict.UNCHANGED.value, "nothing is written"),
    (DUPLICATE, "a later row of the file is about the same address"),
    (Verdict.ERASED.value, "had everything deleted, and stay so"),
    (REJECTED, "see the rejects file"),
    (LEFT_OUT, "the mapping's `only` leaves them out"),
    ("started", "queued for the journey"),
)


def show_reading(console: Console, prepared: Prepared) -> None:
    mapping, guess = prepared.mapping, prepared.guess
    shape = mapping.shape
    names = {"\t": "tab"}
    console.print(f"encoding   {shape.encoding}{_why(guess.encoding.why if guess else '')}")
    sign = "lines of JSON" if shape.lines_of_json else names.get(shape.separator, shape.separator)
    console.print(f"separator  {escape(sign)}{_why(guess.separator.why if guess else '')}")
    console.print(
        f"as of      {mapping.as_of:%d %b %Y %H:%M} UTC{_why('the file’s age' if guess else '')}"
    )
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("column", "becomes", ""):
        table.add_column(column, overflow="fold")
    for name in prepared.header:
        table.add_row(*map(escape, (name, _becomes(mapping, name), _doubt(prepared, name))))
    console.print(table)


def _why(text: str) -> str:
    return f"  [dim]{escape(text)}[/]" if text else ""


def _becomes(mapping: Mapping, name: str) -> str:
    column = mapping.columns.get(name)
    if column is None:
        return next(_elsewhere(mapping, name), SKIP)
    parts = (column.format, column.country, column.decimal and f"decimals after {column.decimal}")
    more = ", ".join(filter(None, parts))
    return f"{column.field} ({more})" if more else column.field


def _elsewhere(mapping: Mapping, name: str) -> Iterator[str]:
    if mapping.unsubscribed and mapping.unsubscribed.column == name:
        yield f"unsubscribed, if {' or '.join(mapping.unsubscribed.when)}"
    for only in mapping.only:
        if only.column == name:
            yield f"only {' or '.join(filter(None, only.when))}"
    if mapping.updated_at and mapping.updated_at.column == name:
        yield "when the row was true"
    for topic, columns in mapping.consents.items():
        told = (columns.basis, columns.at, columns.source, columns.proof, columns.text)
        given = columns.given.column if columns.given else ""
        if name in {given, *(each.column for each in told)}:
            yield f"consent to {topic}"


def _doubt(prepared: Prepared, name: str) -> str:
    return prepared.guess.unsure.get(name, "") if prepared.guess else ""


def show_outcome(console: Console, told: Told, *, dry: bool) -> None:
    console.print(f"[bold]{'What it would do' if dry else 'What it did'}[/]")
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(justify="right")
    table.add_column()
    table.add_column(style="dim")
    for name, about in COUNTED:
        if told.counts[name] or name in {Verdict.NEW.value, Verdict.CHANGED.value}:
            table.add_row(f"{told.counts[name]:,}", name, about)
    console.print(table)
    _print_counts(console, "fields", told.fields)
    _print_counts(console, "held, and stay so", told.held)
    lacking = Counter(
        {f"{topic}, for want of its {part}": many for (topic, part), many in told.lacking.items()}
    )
    _print_counts(console, "taken without consent to", lacking)
    for line, changes in told.examples:
        console.print(f"[dim]line {line:,}:[/] {escape(', '.join(changes))}")
    reasons = Counter(
        {
            f"{column + ': ' if column else ''}{why}": many
            for (column, why), many in told.reasons.items()
        }
    )
    for why, many in reasons.most_common(MOST_REASONS):
        console.print(f"[dim]{many:,} ×[/] {escape(why)}")


def _print_counts(console: Console, title: str, counts: Counter[str]) -> None:
    if counts:
        listed = " · ".join(f"{escape(name)} {many:,}" for name, many in counts.most_common())
        console.print(f"[dim]{title}:[/] {listed}")


def document(prepared: Prepared, told: Told, *, dry: bool) -> dict[str, Any]:
    mapping = prepared.mapping
    return {
        "ok": True,
        "dry_run": dry,
        "encoding": mapping.shape.encoding,
        "separator": mapping.shape.separator,
        "as_of": mapping.as_of.isoformat(),
        "columns": {name: column.field for name, column in mapping.columns.items()},
        "counts": dict(told.counts),
        "fields": dict(told.fields),
        "held": dict(told.held),
        "without_consent": {
            f"{topic}: {part}": many for (topic, part), many in told.lacking.items()
        },
    }
