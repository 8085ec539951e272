"""A file's records, each with its line: one that can't be read is told of, and the rest goes on."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

from workbench.importing.sensing import EXCELS

MOST_LINES: Final = 500
"""A cell with more lines is a quote that nobody closed."""
LONGEST: Final = 200_000
"""Characters of one record."""
csv.field_size_limit(LONGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a file is written."""

    encoding: str = "utf-8"
    separator: str = ","
    header: bool = True
    lines_of_json: bool = False
    """Each line an object; then there is neither separator nor header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """``problem``: why its cells can't be told."""

    line: int
    cells: tuple[str, ...] = ()
    problem: str = ""


class _Unclosed(Exception):
    """More was read than a record can be."""


@dataclass(slots=True)
class _Lines:
    """Physical lines, counted; those of the current record can be given back."""

    source: Iterator[str]
    number: int = 0
    taken: list[str] = field(default_factory=list)
    returned: deque[str] = field(default_factory=deque)
    size: int = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES or (self.taken and self.size > LONGEST):
            raise _Unclosed
        line = self.returned.popleft() if self.returned else next(self.source)
        self.number += 1
        self.taken.append(line)
        self.size += len(line)
        return line

    def begin(self) -> int:
        """The number of the line that the next record begins with."""
        self.taken, self.size = [], 0
        return self.number + 1

    def give_back(self) -> None:
        """All but the first line of the record are read again."""
        again = self.taken[1:]
        self.number -= len(again)
        self.returned.extendleft(reversed(again))


def records(path: Path, shape: Shape) -> Iterator[Record]:
    """All of the file's, the header too. Bytes of another encoding become lone surrogates."""
    with path.open(encoding=shape.encoding, errors="surrogateescape", newline="") as file:
        yield from parsed(_after_excels_line(file), separator=shape.separator)


def _after_excels_line(file: TextIO) -> Iterator[str]:
    for number, line in enumerate(file):
        yield "\r\n" if number == 0 and EXCELS.fullmatch(line) else line


def parsed(lines: Iterable[str], *, separator: str) -> Iterator[Record]:
    source = _Lines(iter(lines))
    while True:
        reader = csv.reader(source, delimiter=separator, strict=True)
        begun = source.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_Unclosed, csv.Error) as error:
            problem = _problem(error)
            source.give_back()
            yield Record(line=begun, problem=problem)
            continue
        if any(cell.strip() for cell in cells):
            yield Record(line=begun, cells=tuple(cells))


def _problem(error: Exception) -> str:
    if "field limit" in str(error):
        return f"is longer than {LONGEST:,} characters"
    if isinstance(error, _Unclosed) or "end of data" in str(error):
        return "a quote is opened here and never closed"
    if "expected after" in str(error):
        return "something follows a closing quote; a quote within a cell is written twice"
    return f"can't be read: {error}"


def sample_lines(path: Path, encoding: str) -> Iterator[str]:
    with (
        suppress(UnicodeError),
        path.open(encoding=encoding, errors="surrogateescape", newline="") as file,
    ):
        yield from file
