"""The file that an export writes, line by line; one that was left half-way is gone on with."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from workbench.importing.spreadsheets import defused

BOM: Final = "\ufeff"


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"


@dataclass(slots=True, kw_only=True)
class Leads:
    """``path`` with its place beside it while it is unfinished: cursor, bytes, leads."""

    path: Path
    format: Format
    columns: Sequence[str]
    separator: str = ","
    bom: bool = False
    asked: str = ""
    """What else decides on its lines: another question begins anew."""
    leads: int = 0
    cursor: str = ""
    _written: list[str] = field(default_factory=list)

    @property
    def place(self) -> Path:
        return self.path.with_name(f"{self.path.name}.unfinished")

    def begin(self) -> bool:
        """Whether it goes on with what an earlier run left."""
        known = self._known()
        if known is not None:
            self.cursor, self.leads = str(known["cursor"]), int(str(known["leads"]))
            with self.path.open("r+b") as file:
                file.truncate(int(str(known["bytes"])))
            return True
        header = self._line(dict(zip(self.columns, self.columns, strict=True)), header=True)
        text = (BOM if self.bom else "") + (header if self.format is Format.CSV else "")
        self.path.write_text(text, encoding="utf-8", newline="")
        return False

    def add(self, values: Mapping[str, str]) -> None:
        self._written.append(self._line(values))
        self.leads += 1

    def keep(self, cursor: str) -> None:
        """The lines first, then the place: a crash in between cuts them off again."""
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.write("".join(self._written))
        self._written.clear()
        self.cursor = cursor
        told = {
            "cursor": cursor,
            "leads": self.leads,
            "bytes": self.path.stat().st_size,
            "asked": self._question(),
        }
        fresh = self.place.with_suffix(".new")
        fresh.write_text(json.dumps(told), encoding="utf-8")
        fresh.replace(self.place)

    def finish(self) -> None:
        self.place.unlink(missing_ok=True)

    def _question(self) -> str:
        parts = (self.asked, self.format, self.separator, str(self.bom), *self.columns)
        return json.dumps(parts)

    def _known(self) -> Mapping[str, object] | None:
        try:
            told = json.loads(self.place.read_text(encoding="utf-8"))
            fits = told["asked"] == self._question() and self.path.stat().st_size >= told["bytes"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return dict(told) if fits else None

    def _line(self, values: Mapping[str, str], *, header: bool = False) -> str:
        if self.format is Format.JSONL:
            known = {name: text for name, text in values.items() if text}
            return json.dumps(known, ensure_ascii=False) + "\n"
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.separator, quoting=csv.QUOTE_ALL)
        writer.writerow([cell if header else defused(cell) for cell in values.values()])
        return text.getvalue()
