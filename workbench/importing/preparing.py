"""Everything an import needs, put together: the client, the file, how it is read, and where to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.domain.lead import lead_id
from coldframe.domain.local_time import zone_of
from coldframe.services.importing import Importing
from infra.playbook.compiled import CompiledClient
from infra.playbook.declared import DeclaredField
from workbench.importing.columns import targets
from workbench.importing.guessing import Guess, guess, modified
from workbench.importing.mapping import Mapping
from workbench.importing.mapping_file import KnownNames, read_mapping
from workbench.importing.rows import Row, RowReader
from workbench.importing.source import LeadFile
from workbench.leads.sources import Reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    file: LeadFile
    mapping: Mapping
    header: Sequence[str]
    known: dict[str, DeclaredField]
    guess: Guess | None
    """None: a person's mapping was read."""


def beside(file: Path) -> Path:
    """Where the mapping of a file is looked for, and written to."""
    return file.with_name(f"{file.name}.mapping.yaml")


class NotText(ValueError):
    """The file is something else; the text says what to do."""


_PACKED: Final = {
    b"\x1f\x8b": "is compressed; unpack it first (gunzip)",
    b"PK\x03\x04": "is a workbook or an archive; save its sheet as CSV (UTF-8)",
    b"\xd0\xcf\x11\xe0": "is an old workbook; save its sheet as CSV (UTF-8)",
}


def _demand_text(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(4)
    for mark, what in _PACKED.items():
        if start.startswith(mark):
            raise NotText(f"{path} {what}")


def prepared(path: Path, compiled: CompiledClient, *, mapping: Path | None) -> Prepared:
    """PlaybookProblems for a mapping with mistakes; NotText."""
    _demand_text(path)
    known = targets(compiled.fields)
    if mapping is None:
        found = guess(path, known)
        file = LeadFile(path=path, shape=found.mapping.shape)
        return Prepared(
            file=file, mapping=found.mapping, header=found.header, known=known, guess=found
        )
    names = KnownNames(
        fields=known,
        topics=compiled.client.topics,
        zone=zone_of(compiled.client.zone, otherwise="Etc/UTC"),
    )
    read = read_mapping(
        mapping,
        lambda shape: LeadFile(path=path, shape=shape).header(),
        names,
        as_of=modified(path),
    )
    file = LeadFile(path=path, shape=read.shape)
    return Prepared(file=file, mapping=read, header=file.header(), known=known, guess=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The file's rows, read anew each time they are asked for."""

    prepared: Prepared
    compiled: CompiledClient
    key: bytes
    lenient: bool

    def __call__(self) -> Iterator[Row]:
        client, prepared = self.compiled.client, self.prepared
        read = RowReader(
            mapping=prepared.mapping,
            header=prepared.header,
            known=prepared.known,
            lead_of=lambda address: lead_id(self.key, address),
            zone=zone_of(client.zone, otherwise="Etc/UTC"),
            words=client.topics,
            lenient=self.lenient,
        )
        return map(read, prepared.file.body(prepared.header))


@dataclass(frozen=True, slots=True)
class ReachedClock:
    reached: Reached

    def now(self) -> Any:
        return self.reached.now()


def importing(reached: Reached, compiled: CompiledClient, *, name: str) -> Importing:
    table = reached.deployed.records.table
    return Importing(
        profiles=DynamoProfiles(table),
        gates=DynamoGates(table),
        touchpoints=DynamoTouchpoints(table),
        reactions=compiled.reactions,
        clock=ReachedClock(reached),
        name=name,
    )
