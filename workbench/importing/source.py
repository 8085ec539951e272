"""A file of leads as records with named columns, whatever its format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from workbench.importing.columns import labelled
from workbench.importing.json_lines import columns, json_records
from workbench.importing.records import Record, Shape, records


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFile:
    """Read anew each time; no more than a record is held."""

    path: Path
    shape: Shape

    def header(self) -> Sequence[str]:
        if self.shape.lines_of_json:
            return columns(self.path, self.shape.encoding)
        first = next((each.cells for each in islice(self._all(), 100) if each.cells), ())
        if self.shape.header:
            return labelled(first)
        return tuple(f"column {number}" for number in range(1, len(first) + 1))

    def body(self, header: Sequence[str] = ()) -> Iterator[Record]:
        if self.shape.lines_of_json:
            yield from json_records(self.path, self.shape.encoding, header or self.header())
            return
        begun = not self.shape.header
        for record in self._all():
            if begun or record.problem:
                yield record
            begun = begun or bool(record.cells)

    def _all(self) -> Iterator[Record]:
        return records(self.path, self.shape)
