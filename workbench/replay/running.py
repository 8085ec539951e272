"""A whole history, replayed lead by lead, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from workbench.replay.changes import Change, Comparing
from workbench.replay.history_file import UnreadableHistory
from workbench.replay.named import named_by
from workbench.replay.outcome import as_recorded
from workbench.replay.rerun import Rerun, Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbench.replay.book import Book
    from workbench.replay.history_file import History
    from workbench.replay.past import Past


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One lead's changes; ``address`` as the history has it."""

    lead: str
    address: str
    changes: tuple[Change, ...]


@dataclass(slots=True, kw_only=True)
class Replayed:
    leads: int = 0
    changed: list[Changed] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """By kind."""
        kinds = (change.kind for each in self.changed for change in each.changes)
        return dict(sorted(Counter(kinds).items()))


def replay(
    history: History,
    book: Book,
    *,
    tolerance: timedelta,
    told: Callable[[int], None] = lambda _: None,
) -> Replayed:
    """``told`` hears how many bytes were read. Raises UnreadableHistory."""
    found = Replayed()
    setting = Setting(book=book, pause=history.header.pause, tolerance=tolerance)
    for number, past in history.pasts():
        changes = _changes(past, setting, number)
        found.leads += 1
        if changes:
            found.changed.append(
                Changed(lead=past.lead, address=_address(past), changes=tuple(changes))
            )
        told(history.position)
    return found


def assert_answerable(history: History, book: Book) -> None:
    """UnreadableHistory when the playbook asks for what the file doesn't hold as it was."""
    replaced, named = history.header.replaced, named_by(book)
    fields = sorted(set(replaced.fields) & named.fields)
    properties = sorted(set(replaced.properties) & named.properties)
    asked = [*(f"the field {name}" for name in fields), *(f"the property {n}" for n in properties)]
    if asked:
        raise UnreadableHistory(
            f"today's playbook asks for {', '.join(asked)}, whose values were replaced in this"
            " history: export it again by today's playbook, or with --with-personal-data"
        )


def _changes(past: Past, setting: Setting, number: int) -> list[Change]:
    comparing = Comparing(until=past.at, tolerance=setting.tolerance)
    try:
        now = Rerun(past, setting).run()
        return comparing.changes(as_recorded(past, setting.book), now)
    except Exception as error:
        what = f"{type(error).__name__}: {error}".rstrip(": ")
        raise UnreadableHistory(
            f"line {number}: the lead {past.lead} can't be replayed ({what})"
        ) from error


def _address(past: Past) -> str:
    told: Iterator[str] = (
        str(each.data["address"]) for each in past.touchpoints if each.data.get("address")
    )
    return next(told, "")
