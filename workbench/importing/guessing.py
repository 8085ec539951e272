"""A first mapping of a file that nobody has described: shown, and written down to be edited."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from infra.playbook.declared import DeclaredField, FieldType
from workbench.importing.cells import FORMATS, UNIX, fitting_formats
from workbench.importing.columns import guessed, labelled
from workbench.importing.mapping import ADDRESS, Column, ConsentColumns, Says, Told
from workbench.importing.mapping import Mapping as Mapped
from workbench.importing.pinpoint import is_pinpoints, of_endpoints
from workbench.importing.records import Record, Shape, records, sample_lines
from workbench.importing.sensing import Encoding, Separator, sensed_encoding, sensed_separator
from workbench.importing.source import LeadFile

SAMPLED: Final = 1000
_CONSENT: Final = re.compile(r"consent\.([a-z][a-z0-9_-]*)\.(basis|at|source|proof|text)")
_PARTS: Final = ("basis", "at", "source", "proof")
UNSUBSCRIBED: Final = "unsubscribed"
OUR_MARK: Final = "lead_id"
"""A column that our own export has, and hardly anybody else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    mapping: Mapped
    header: tuple[str, ...]
    encoding: Encoding
    separator: Separator
    unsure: Mapping[str, str] = field(default_factory=dict)
    """Column → what a person should look at."""


def guess(path: Path, known: Mapping[str, DeclaredField]) -> Guess:
    """Pinpoint's endpoints are known by their columns, lines of JSON by their first sign."""
    encoding = sensed_encoding(path)
    if _is_json(path, encoding.name):
        found = _of_json(path, encoding, known)
    else:
        found = _of_csv(path, encoding, known)
    header, mapping = found.header, found.mapping
    if is_pinpoints(header):
        mapping = of_endpoints(mapping, header, known)
    elif OUR_MARK in header and ADDRESS in header:
        mapping = of_our_own(mapping, header)
    return replace(found, mapping=mapping)


def of_our_own(mapping: Mapped, header: Sequence[str]) -> Mapped:
    """What our own export wrote, and defused where a spreadsheet may read it."""
    return replace(
        mapping,
        columns={name: column for name, column in mapping.columns.items() if name == column.field},
        unsubscribed=Says(column=UNSUBSCRIBED, when=("yes",)) if UNSUBSCRIBED in header else None,
        consents=_ours(header),
        ours=not mapping.shape.lines_of_json,
    )


def _is_json(path: Path, encoding: str) -> bool:
    with path.open(encoding=encoding, errors="surrogateescape") as file:
        return file.read(200).lstrip().startswith("{")


def _of_json(path: Path, encoding: Encoding, known: Mapping[str, DeclaredField]) -> Guess:
    shape = Shape(encoding=encoding.name, lines_of_json=True)
    file = LeadFile(path=path, shape=shape)
    header = tuple(file.header())
    columns, unsure = _columns(header, islice(file.body(header), SAMPLED), known)
    return Guess(
        mapping=Mapped(shape=shape, as_of=modified(path), columns=columns),
        header=header,
        encoding=encoding,
        separator=Separator(sign="", why="each line is an object"),
        unsure=unsure,
    )


def _of_csv(path: Path, encoding: Encoding, known: Mapping[str, DeclaredField]) -> Guess:
    separator = sensed_separator(sample_lines(path, encoding.name))
    shape = Shape(encoding=encoding.name, separator=separator.sign)
    rows = list(islice(records(path, shape), SAMPLED))
    header, shape, body = headed(rows, shape)
    columns, unsure = _columns(header, body, known)
    mapping = Mapped(shape=shape, as_of=modified(path), columns=columns)
    return Guess(
        mapping=mapping, header=header, encoding=encoding, separator=separator, unsure=unsure
    )


def modified(path: Path) -> datetime:
    """The file's own age, in whole seconds: nothing in it is known from later."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def headed(rows: Sequence[Record], shape: Shape) -> tuple[tuple[str, ...], Shape, Sequence[Record]]:
    """A first record with an address in it is no header."""
    first = next((row.cells for row in rows if row.cells), ())
    bare = any(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", cell.strip()) for cell in first)
    if bare:
        names = tuple(f"column {number}" for number in range(1, len(first) + 1))
        return names, Shape(encoding=shape.encoding, separator=shape.separator, header=False), rows
    return labelled(first), shape, rows[1:]


def _columns(
    header: Sequence[str], rows: Iterable[Record], known: Mapping[str, DeclaredField]
) -> tuple[dict[str, Column], dict[str, str]]:
    texts = _texts(header, rows)
    found = guessed(header, known)
    if ADDRESS not in found.values() and (column := _of_addresses(texts)):
        found[column] = ADDRESS
    unsure: dict[str, str] = {}
    columns = {}
    for name, target in found.items():
        stated, doubt = "", ""
        if known[target].type is FieldType.DATE:
            stated, doubt = dated(texts[name])
        columns[name] = Column(field=target, format=stated)
        if doubt:
            unsure[name] = doubt
    return columns, unsure


def _texts(header: Sequence[str], rows: Iterable[Record]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for name, cell in zip(header, row.cells, strict=False):
            if cell.strip():
                texts[name].append(cell.strip())
    return texts


def _of_addresses(texts: Mapping[str, list[str]]) -> str:
    """The column in which nearly everything has an @."""
    shares = {name: sum("@" in text for text in held) / len(held) for name, held in texts.items()}
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] > 0.8 else ""  # noqa: PLR2004 - nearly all


def dated(texts: list[str]) -> tuple[str, str]:
    """The format that fits all texts, and what is doubtful about it."""
    if not texts:
        return "", ""
    fits = fitting_formats(texts)
    if not fits:
        return "", f"no date like {texts[0]!r} is known; state `format:`, or {' or '.join(UNIX)}"
    if len(fits) > 1:
        return fits[0], f"{texts[0]!r} may also be {' or '.join(fits[1:])}; look at `format:`"
    return (fits[0] if fits[0] != FORMATS[0] else ""), ""


def _ours(header: Sequence[str]) -> dict[str, ConsentColumns]:
    """Consents as our own export writes them."""
    topics: dict[str, dict[str, str]] = defaultdict(dict)
    for name in header:
        if part := _CONSENT.fullmatch(name):
            topics[part[1]][part[2]] = name
    return {
        topic: ConsentColumns(
            basis=Told(column=parts["basis"]),
            at=Told(column=parts["at"]),
            source=Told(column=parts["source"]),
            proof=Told(column=parts["proof"]),
            text=Told(column=parts.get("text", "")),
        )
        for topic, parts in topics.items()
        if parts.keys() >= set(_PARTS)
    }
