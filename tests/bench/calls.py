"""Counts what a table is asked, and draws it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from rich.table import Table as Drawn

ASKED: Final = 10
"""Leads that do something, and leads that are due."""


@dataclass(slots=True)
class Calls:
    """What a table was asked: calls by name, and the bytes that went both ways."""

    names: Counter[str] = field(default_factory=Counter)
    bytes: int = 0

    def heard(self, *, http_response: Any, model: Any, **_: Any) -> None:
        self.names[model.name] += 1
        self.bytes += len(http_response.content)

    def said(self, *, params: Any, **_: Any) -> None:
        self.bytes += len(params["body"])

    @property
    def calls(self) -> int:
        return self.names.total()


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Per touchpoint, or per due lead."""

    leads: int
    touchpoint: Calls
    due: Calls


@contextmanager
def counted(client: Any) -> Iterator[Calls]:
    calls, events = Calls(), client.meta.events
    said, heard = partial(_said, calls), partial(_heard, calls)
    events.register("before-call.dynamodb", said)
    events.register("after-call.dynamodb", heard)
    try:
        yield calls
    finally:
        events.unregister("before-call.dynamodb", said)
        events.unregister("after-call.dynamodb", heard)


def _said(calls: Calls, **told: Any) -> None:
    calls.said(**told)


def _heard(calls: Calls, **told: Any) -> None:
    calls.heard(**told)


def drawn(found: list[Work]) -> Drawn:
    table = Drawn(
        title="Work in a crowd: calls of the table, and kB both ways", title_justify="left"
    )
    for head in ("leads", "per touchpoint", "", "per due lead", ""):
        table.add_column(head, justify="right")
    for work in found:
        table.add_row(f"{work.leads:,}", *_each(work.touchpoint), *_each(work.due))
    first, last = found[0], found[-1]
    table.add_row(
        f"× {last.leads // first.leads}",
        *_ratios(first.touchpoint, last.touchpoint),
        *_ratios(first.due, last.due),
    )
    return table


def _each(calls: Calls) -> tuple[str, str]:
    return f"{calls.calls / ASKED:.2f}", f"{calls.bytes / ASKED / 1000:.2f}"


def _ratios(one: Calls, other: Calls) -> tuple[str, str]:
    return f"{other.calls / one.calls:.2f}", f"{other.bytes / one.bytes:.2f}"
