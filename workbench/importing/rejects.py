"""Rows that were not taken, as a file that can be mended and imported again."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.importing.records import Record
from workbench.importing.spreadsheets import defused

OWN = ("rejected line", "rejected column", "rejected because")


@dataclass(slots=True)
class Rejects:
    writer: Any
    rows: int = 0

    def add(self, record: Record, column: str, why: str) -> None:
        cells = (str(record.line), column, why, *record.cells)
        self.writer.writerow([_storable(defused(cell)) for cell in cells])
        self.rows += 1


@contextmanager
def rejects(path: Path, header: Sequence[str]) -> Iterator[Rejects]:
    """The file is there only if something was rejected."""
    with path.open("w", encoding="utf-8", newline="") as file:
        found = Rejects(csv.writer(file, quoting=csv.QUOTE_ALL))
        found.writer.writerow([*OWN, *map(defused, header)])
        yield found
    if not found.rows:
        path.unlink()


def _storable(cell: str) -> str:
    """Bytes of another encoding can't be told as text."""
    return cell.encode("utf-8", "replace").decode("utf-8")
