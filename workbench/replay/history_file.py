"""The file of a history: a line of JSON for its header, then one for each lead."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from pydantic import TypeAdapter, ValidationError

from workbench.replay.past import KIND, VERSION, Header, Past

HEADER: Final = TypeAdapter(Header)
PAST: Final = TypeAdapter(Past)
ANYTHING: Final = TypeAdapter(dict[str, Any])
LONGEST: Final = 64 * 1024 * 1024
"""Bytes of a line: no lead did that much."""


class UnreadableHistory(ValueError):
    """The text says which line, what is wrong, and what to do."""


@dataclass(slots=True)
class Writing:
    """Leads are written aside; the file is there when it is whole, or not at all."""

    path: Path
    leads: int = 0
    _aside: Path = field(init=False)
    _file: IO[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self._aside = self.path.with_name(f".{self.path.name}.part")
        self._file = self._aside.open("wb")

    def add(self, past: Past) -> None:
        self._file.write(PAST.dump_json(past, exclude_defaults=True) + b"\n")
        self.leads += 1

    def finish(self, header: Header) -> None:
        self._file.close()
        whole = self.path.with_name(f".{self.path.name}.new")
        with whole.open("wb") as file, self._aside.open("rb") as leads:
            file.write(HEADER.dump_json(header) + b"\n")
            while piece := leads.read(1 << 20):
                file.write(piece)
        whole.replace(self.path)
        self._aside.unlink()

    def give_up(self) -> None:
        self._file.close()
        with suppress(FileNotFoundError):
            self._aside.unlink()


@dataclass(slots=True)
class History:
    """Reads one lead after the other; ``position`` is how many bytes were read."""

    path: Path
    header: Header
    size: int
    position: int = 0

    def pasts(self) -> Iterator[tuple[int, Past]]:
        """With the number of its line. Raises UnreadableHistory."""
        seen: set[str] = set()
        with self.path.open("rb") as file:
            for number, line in enumerate(_lines(file), start=1):
                self.position += len(line)
                if number == 1:
                    continue
                past = _past(line, number)
                if past.lead in seen:
                    raise UnreadableHistory(f"line {number}: the lead {past.lead} is here twice")
                seen.add(past.lead)
                yield number, past
        if len(seen) != self.header.leads:
            raise UnreadableHistory(
                f"the file ends after {len(seen)} of {self.header.leads} leads: it was cut off;"
                " export the history again"
            )


def opened(path: Path, *, client: str) -> History:
    """Raises UnreadableHistory."""
    try:
        with path.open("rb") as file:
            first = next(_lines(file), b"")
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableHistory(f"{path} can't be read: {error.strerror or error}") from error
    header = _read_header(first)
    if header.client != client:
        raise UnreadableHistory(
            f"line 1: this is a history of {header.client!r}, not of {client!r}"
        )
    return History(path=path, header=header, size=size)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            raise UnreadableHistory(f"line {number}: longer than {LONGEST // 1024**2} MB")
        yield line


def _read_header(line: bytes) -> Header:
    what = "line 1: no header of a history; write one with `coldframe history CLIENT --out FILE`"
    try:
        told = ANYTHING.validate_json(line)
    except ValidationError as error:
        raise UnreadableHistory(f"{what} ({_first(error)})") from error
    if told.get("kind") != KIND:
        raise UnreadableHistory(what)
    if told.get("version") != VERSION:
        raise UnreadableHistory(
            f"line 1: a history of version {told.get('version')!r}, but this coldframe reads"
            f" version {VERSION}; export it again"
        )
    try:
        return HEADER.validate_json(line)
    except ValidationError as error:
        raise UnreadableHistory(f"line 1: {_first(error)}") from error


def _past(line: bytes, number: int) -> Past:
    try:
        past = PAST.validate_json(line)
    except ValidationError as error:
        raise UnreadableHistory(f"line {number}: {_first(error)}") from error
    for each in _owned(past):
        if each.lead != past.lead:
            raise UnreadableHistory(f"line {number}: {each.id} is of another lead")
    return past


def _owned(past: Past) -> Iterable[Any]:
    yield from (*past.touchpoints, *past.decisions, *past.enrolments, *past.messages)


def _first(error: ValidationError) -> str:
    """Where and what, without the value: it may be personal."""
    found = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, found["loc"]))
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{where}: {found['msg']}{more}" if where else f"{found['msg']}{more}"
