"""A record becomes a row that is checked, or what is wrong with it: line, column and reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final

from coldframe.domain.importing import GivenElsewhere, ImportedLead
from infra.playbook.declared import DeclaredField
from workbench.importing.cells import BadCell, Reader, instant
from workbench.importing.mapping import ADDRESS, BASES, ConsentColumns, Says, Told
from workbench.importing.mapping import Mapping as Mapped
from workbench.importing.records import Record
from workbench.importing.spreadsheets import whole

ZONE: Final = "zone"
COUNTRY: Final = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """``column`` is empty when it is about the whole record."""

    line: int
    column: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``lead`` is None where it is rejected, or left out; ``lacking``: topics whose consent
    lacked a part, with the part."""

    record: Record
    lead: ImportedLead | None = None
    problems: tuple[Problem, ...] = ()
    left_out: bool = False
    lacking: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReader:
    """``lenient``: a bad cell is left out, and its row taken without it."""

    mapping: Mapped
    header: Sequence[str]
    known: Mapping[str, DeclaredField]
    lead_of: Callable[[str], str]
    zone: tzinfo
    words: Mapping[str, str] = field(default_factory=dict)
    """Topic → the words that were agreed to, where the file has none."""
    lenient: bool = False

    def __call__(self, record: Record) -> Row:
        if record.problem:
            return self._rejected(record, "", record.problem)
        if any(cell.strip() for cell in record.cells[len(self.header) :]):
            many = f"has {len(record.cells)} cells, but the header {len(self.header)}"
            return self._rejected(record, "", f"{many}; quote cells that hold a separator")
        cells = dict(zip(self.header, record.cells, strict=False))
        if not all(said(each, cells) for each in self.mapping.only):
            return Row(record=record, left_out=True)
        fields, problems = self._fields(record, cells)
        address = fields.get(ADDRESS, "")
        if not address and not any(self._is_address(each) for each in problems):
            problems.append(Problem(line=record.line, column=ADDRESS, why="has no address"))
        if not address or (problems and not self.lenient):
            return Row(record=record, problems=tuple(problems))
        return self._row(record, cells, fields, problems)

    def _is_address(self, problem: Problem) -> bool:
        column = self.mapping.columns.get(problem.column)
        return column is not None and column.field == ADDRESS

    def _row(
        self,
        record: Record,
        cells: Mapping[str, str],
        fields: Mapping[str, str],
        problems: list[Problem],
    ) -> Row:
        lacking: dict[str, str] = {}
        as_of = self._as_of(cells, record, problems)
        if as_of is None:
            return Row(record=record, problems=tuple(problems))
        ended = self.mapping.unsubscribed
        lead = ImportedLead(
            lead=self.lead_of(fields[ADDRESS]),
            address=fields[ADDRESS],
            as_of=as_of,
            fields=fields,
            consents=dict(self._consents(cells, lacking)),
            unsubscribed=bool(ended and said(ended, cells)),
            line=record.line,
        )
        return Row(record=record, lead=lead, problems=tuple(problems), lacking=lacking)

    def _fields(
        self, record: Record, cells: Mapping[str, str]
    ) -> tuple[dict[str, str], list[Problem]]:
        fields: dict[str, str] = {}
        problems = []
        for name, column in self.mapping.columns.items():
            text = cells.get(name, "")
            if not text.strip():
                continue
            try:
                value = self._value(whole(text, ours=self.mapping.ours), column.field, name)
            except BadCell as problem:
                problems.append(Problem(line=record.line, column=name, why=str(problem)))
            else:
                fields |= {column.field: value} if value else {}
        return fields, problems

    def _value(self, text: str, field_name: str, column: str) -> str:
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise BadCell(f"holds bytes that aren't {self.mapping.shape.encoding}")
        declared = self.known[field_name]
        value = Reader(declared=declared, column=self.mapping.columns[column])(text)
        if field_name == ZONE and value and not is_zone(value):
            raise BadCell("is no time zone like Europe/Vienna")
        return country(value) if field_name == COUNTRY else value

    def _as_of(
        self, cells: Mapping[str, str], record: Record, problems: list[Problem]
    ) -> datetime | None:
        told = self.mapping.updated_at
        text = cells.get(told.column, "").strip() if told else ""
        if told is None or not text:
            return self.mapping.as_of
        try:
            return min(instant(text, told.format, self.zone), self.mapping.as_of)
        except BadCell as problem:
            problems.append(Problem(line=record.line, column=told.column, why=str(problem)))
            return self.mapping.as_of if self.lenient else None

    def _consents(
        self, cells: Mapping[str, str], lacking: dict[str, str]
    ) -> Iterator[tuple[str, GivenElsewhere]]:
        for topic, columns in self.mapping.consents.items():
            if columns.given and not said(columns.given, cells):
                continue
            given = self._given(topic, columns, cells)
            if isinstance(given, str):
                lacking[topic] = given
            else:
                yield topic, given

    def _given(
        self, topic: str, columns: ConsentColumns, cells: Mapping[str, str]
    ) -> GivenElsewhere | str:
        """Without a basis, a time, a source or a proof it is none: then the part that lacks."""
        parts = {
            "basis": columns.basis,
            "at": columns.at,
            "source": columns.source,
            "proof": columns.proof,
        }
        told = {name: text_of(part, cells) for name, part in parts.items()}
        for name, text in told.items():
            if not text:
                return name
        if told["basis"] not in BASES:
            return "basis"
        try:
            at = instant(told["at"], columns.at.format, self.zone)
        except BadCell:
            return "at"
        text = text_of(columns.text, cells) or self.words.get(topic, "")
        return GivenElsewhere(
            basis=told["basis"], text=text, at=at, source=told["source"], proof=told["proof"]
        )

    def _rejected(self, record: Record, column: str, why: str) -> Row:
        return Row(record=record, problems=(Problem(line=record.line, column=column, why=why),))


def said(says: Says, cells: Mapping[str, str]) -> bool:
    return cells.get(says.column, "").strip().casefold() in {each.casefold() for each in says.when}


def text_of(told: Told, cells: Mapping[str, str]) -> str:
    return (cells.get(told.column, "") if told.column else told.text).strip()


def country(text: str) -> str:
    """Conditions ask for two capital letters."""
    if len(text) != len("AT") or not text.isalpha() or not text.isascii():
        raise BadCell("is no country in two letters, like AT")
    return text.upper()


def is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
