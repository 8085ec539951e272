"""The mapping as a file: what the dry run writes, a person edits, and the import reads."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final

from infra.reading.documents import read_yaml
from infra.reading.nodes import Node
from infra.reading.problems import Problems, did_you_mean
from workbench.importing.cells import BadCell, instant
from workbench.importing.mapping import (
    ADDRESS,
    BASES,
    SAYING_YES,
    SKIP,
    Column,
    ConsentColumns,
    Says,
    Told,
)
from workbench.importing.mapping import (
    Mapping as Mapped,
)
from workbench.importing.records import Shape

_KEYS: Final = (
    *("encoding", "separator", "header", "as_of"),
    *("updated_at", "only", "unsubscribed", "consents", "defused"),
)
_PARTS: Final = ("basis", "at", "source", "proof")


def write_mapping(mapping: Mapped, header: Sequence[str], *, about: str) -> str:
    """YAML that says everything, also what was left out."""
    return "\n".join(_lines(mapping, header, about)) + "\n"


def _lines(mapping: Mapped, header: Sequence[str], about: str) -> Iterator[str]:
    shape = mapping.shape
    yield f"# How {about} is read. Edit it and run the import again; columns that say skip are"
    yield "# left out. docs/import-export.md says what else can stand here."
    yield f"encoding: {shape.encoding}"
    yield f"separator: {json.dumps(shape.separator)}"
    yield f"header: {'yes' if shape.header else 'no'}"
    yield "# When all of this was true: what is known from later stays."
    yield f"as_of: {mapping.as_of.isoformat()}"
    yield "columns:"
    for name in header:
        yield f"  {json.dumps(name, ensure_ascii=False)}: {_column(mapping.columns.get(name))}"
    if mapping.ours:
        yield "defused: yes"
    for key, says in (("only", mapping.only), ("unsubscribed", mapping.unsubscribed)):
        if says:
            yield f"{key}: {_flow({'column': says.column, 'when': list(says.when)})}"
    if mapping.updated_at:
        yield f"updated_at: {_told(mapping.updated_at)}"
    if mapping.consents:
        yield "consents:"
    for topic, columns in mapping.consents.items():
        yield f"  {topic}:"
        yield from (f"    {line}" for line in _consent(columns))


def _column(column: Column | None) -> str:
    if column is None:
        return SKIP
    more = {
        name: value for name in ("country", "format", "decimal") if (value := getattr(column, name))
    }
    return _flow({"field": column.field, **more}) if more else column.field


def _consent(columns: ConsentColumns) -> Iterator[str]:
    if columns.given:
        yield f"given: {_flow({'column': columns.given.column, 'when': list(columns.given.when)})}"
    for part in (*_PARTS, "text"):
        told: Told = getattr(columns, part)
        if told.text or told.column:
            yield f"{part}: {_told(told)}"


def _told(told: Told) -> str:
    if not told.column:
        return json.dumps(told.text, ensure_ascii=False)
    return _flow({"column": told.column, **({"format": told.format} if told.format else {})})


def _flow(values: Mapping[str, object]) -> str:
    parts = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return f"{{{', '.join(parts)}}}"


HeaderOf = Callable[[Shape], Sequence[str]]
"""The columns of a file that is written so."""


def read_mapping(path: Path, header_of: HeaderOf, known: "KnownNames") -> Mapped:
    """PlaybookProblems names every mistake at once, each with its line."""
    problems = Problems()
    root = read_yaml(path, name=path.name, problems=problems)
    read = _Reading(header_of=header_of, known=known).mapping(root) if root else None
    problems.raise_any()
    assert read is not None  # noqa: S101 - else something was reported
    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """What a mapping may name of the client."""

    fields: Collection[str]
    topics: Collection[str]
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    header_of: HeaderOf
    known: KnownNames

    def mapping(self, root: Node) -> Mapped:
        keys = root.keys(
            needed=["columns"], optional=["encoding", "separator", "header", "as_of", *_KEYS]
        )
        header = keys.read("header", Node.yes_or_no)
        shape = Shape(
            encoding=keys.read("encoding", _encoding) or "utf-8",
            separator=keys.read("separator", _separator) or ",",
            header=header is not False,
        )
        names = self.header_of(shape)
        columns = keys.read("columns", lambda node: self._columns(node, names)) or {}
        at = keys.read("as_of", self._instant)
        return Mapped(
            shape=shape,
            as_of=at or datetime.now(UTC),
            columns=columns,
            updated_at=keys.read("updated_at", lambda node: self._told(node, names)),
            only=keys.read("only", lambda node: self._says(node, names)),
            unsubscribed=keys.read("unsubscribed", lambda node: self._says(node, names)),
            consents=keys.read("consents", lambda node: self._consents(node, names)) or {},
            ours=bool(keys.read("defused", Node.yes_or_no)),
        )

    def _columns(self, node: Node, names: Sequence[str]) -> dict[str, Column]:
        found: dict[str, Column] = {}
        for name, child in node.pairs().items():
            if not self._is_column(child, name, names):
                continue
            column = self._column(child)
            if column and column.field in {each.field for each in found.values()}:
                child.spot.report(f"another column is {column.field!r} already; skip one of them")
            elif column:
                found[name] = column
        if ADDRESS not in {each.field for each in found.values()} and not node.spot.reported():
            node.spot.report(f"no column is `{ADDRESS}`; without an address nobody is anybody")
        return found

    def _column(self, node: Node) -> Column | None:
        if node.is_text():
            name = node.one_of([*self.known.fields, SKIP])
            return Column(field=name) if name and name != SKIP else None
        keys = node.keys(needed=["field"], optional=["country", "format", "decimal"])
        name = keys.read("field", lambda each: each.one_of(self.known.fields))
        if name is None:
            return None
        column = Column(field=name)
        for part in ("country", "format", "decimal"):
            column = replace(column, **{part: keys.read(part, Node.text) or ""})
        return column

    def _is_column(self, node: Node, name: str, names: Sequence[str]) -> bool:
        if name in names:
            return True
        node.spot.report(f"the file has no column {name!r}{did_you_mean(name, names)}")
        return False

    def _says(self, node: Node, names: Sequence[str]) -> Says | None:
        keys = node.keys(needed=["column"], optional=["when"])
        column = keys.read("column", Node.text)
        if column is None or not self._is_column(node, column, names):
            return None
        return Says(column=column, when=keys.each("when", Node.text) or SAYING_YES)

    def _told(self, node: Node, names: Sequence[str]) -> Told | None:
        if node.is_text():
            text = node.text()
            return Told(text=text) if text else None
        keys = node.keys(needed=["column"], optional=["format"])
        column = keys.read("column", Node.text)
        if column is None or not self._is_column(node, column, names):
            return None
        return Told(column=column, format=keys.read("format", Node.text) or "")

    def _consents(self, node: Node, names: Sequence[str]) -> dict[str, ConsentColumns]:
        found: dict[str, ConsentColumns] = {}
        for topic, child in node.pairs().items():
            if topic not in self.known.topics:
                child.spot.report(
                    f"there is no topic {topic!r}{did_you_mean(topic, self.known.topics)}"
                )
                continue
            found[topic] = self._consent(child, names)
        return found

    def _consent(self, node: Node, names: Sequence[str]) -> ConsentColumns:
        keys = node.keys(needed=_PARTS, optional=["text", "given"])

        def told(part: str) -> Told:
            return keys.read(part, lambda each: self._told(each, names)) or Told()

        basis, spot = told("basis"), keys.spot("basis")
        if spot and basis.text and basis.text not in BASES:
            hint = did_you_mean(basis.text, BASES)
            spot.report(f"there is no lawful basis {basis.text!r}{hint}")
        return ConsentColumns(
            given=keys.read("given", lambda each: self._says(each, names)),
            basis=basis,
            at=told("at"),
            source=told("source"),
            proof=told("proof"),
            text=told("text"),
        )

    def _instant(self, node: Node) -> datetime | None:
        text = str(getattr(node.raw, "value", ""))
        try:
            return instant(text, "", self.known.zone)
        except BadCell as problem:
            node.spot.report(f"{text!r} {problem}")
            return None


def _encoding(node: Node) -> str | None:
    import codecs

    name = node.text()
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        node.spot.report(f"there is no encoding {name!r}; write e.g. utf-8 or cp1252")
        return None


def _separator(node: Node) -> str | None:
    sign = str(getattr(node.raw, "value", ""))
    if len(sign) == 1:
        return sign
    node.spot.report('is one sign, like ";" or "\\t"')
    return None
