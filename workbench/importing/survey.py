"""The first walk through a file, on this machine alone: whose last row is which, and who left."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from workbench.importing.rows import Row

_HEX: Final = 15
"""Digits of a lead's id that fit a small number: enough to tell a hundred million apart."""


@dataclass(slots=True)
class Survey:
    """About a hundred bytes for each lead; no cell is kept."""

    rows: int = 0
    last: dict[int, tuple[float, int]] = field(default_factory=dict)
    """Lead → when its row was true, and the row's line: of two the later one counts."""
    left: set[int] = field(default_factory=set)
    """Leads who unsubscribed by any of their rows."""

    def take(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.rows += 1
            lead = row.lead
            if lead is None:
                continue
            key = key_of(lead.lead)
            found = (lead.as_of.timestamp(), lead.line)
            self.last[key] = max(self.last.get(key, found), found)
            if lead.unsubscribed:
                self.left.add(key)

    def overtaken_by(self, lead: str, line: int) -> int:
        """The line that counts instead; 0: this one does."""
        _, last = self.last[key_of(lead)]
        return 0 if last == line else last

    def has_left(self, lead: str) -> bool:
        return key_of(lead) in self.left


def key_of(lead: str) -> int:
    return int(lead[:_HEX], 16)
