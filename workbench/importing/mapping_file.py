"""The mapping's file, read: every mistake at once, with its line and what was probably meant."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
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
    *("encoding", "separator", "header", "lines_of_json", "as_of"),
    *("updated_at", "only", "unsubscribed", "consents", "defused"),
)
_PARTS: Final = ("basis", "at", "source", "proof")


HeaderOf = Callable[[Shape], Sequence[str]]
"""The columns of a file that is written so."""


def read_mapping(
    path: Path, header_of: HeaderOf, known: "KnownNames", *, as_of: datetime
) -> Mapped:
    """PlaybookProblems names every mistake at once, each with its line."""
    problems = Problems()
    root = read_yaml(path, name=path.name, problems=problems)
    read = _Reading(header_of=header_of, known=known, as_of=as_of).mapping(root) if root else None
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
    as_of: datetime

    def mapping(self, root: Node) -> Mapped:
        keys = root.keys(
            needed=["columns"], optional=["encoding", "separator", "header", "as_of", *_KEYS]
        )
        header = keys.read("header", Node.yes_or_no)
        shape = Shape(
            lines_of_json=bool(keys.read("lines_of_json", Node.yes_or_no)),
            encoding=keys.read("encoding", _encoding) or "utf-8",
            separator=keys.read("separator", _separator) or ",",
            header=header is not False,
        )
        names = self.header_of(shape)
        columns = keys.read("columns", lambda node: self._columns(node, names)) or {}
        at = keys.read("as_of", self._instant)
        return Mapped(
            shape=shape,
            as_of=at or self.as_of,
            columns=columns,
            updated_at=keys.read("updated_at", lambda node: self._told(node, names)),
            only=keys.read("only", lambda node: self._only(node, names)) or (),
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
        return Says(column=column, when=keys.each("when", _word) or SAYING_YES)

    def _only(self, node: Node, names: Sequence[str]) -> tuple[Says, ...]:
        found = (self._says(each, names) for each in node.one_or_more())
        return tuple(each for each in found if each)

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


def _word(node: Node) -> str | None:
    """A word that a cell says; an empty one is that it says nothing."""
    return "" if getattr(node.raw, "value", None) == "" else node.text()


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
