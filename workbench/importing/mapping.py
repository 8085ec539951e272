"""What becomes of each column: guessed, written to a file, edited by a person, read back."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from workbench.importing.records import Shape

ADDRESS: Final = "email"
SKIP: Final = "skip"
BASES: Final = ("consent", "existing_customer", "legitimate_interest", "contract")
SAYING_YES: Final = ("yes", "y", "true", "t", "1", "on", "x", "ja", "j", "oui", "si", "sí", "sim")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How one column's cells become a field's values."""

    field: str
    country: str = ""
    """phone: where a number without its country code is from, as AT."""
    format: str = ""
    """date: as DD.MM.YYYY; empty: YYYY-MM-DD."""
    decimal: str = ""
    """number: what stands before the decimals, when it isn't a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text for all rows, or the column that tells it; ``format`` of an instant's column."""

    text: str = ""
    column: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """A column that says one of these words, in whatever letters."""

    column: str
    when: tuple[str, ...] = SAYING_YES


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentColumns:
    """Where the parts of one topic's consent stand; a row without one of them has none."""

    basis: Told
    at: Told
    source: Told
    proof: Told
    text: Told = field(default_factory=Told)
    given: Says | None = None
    """None: whoever has the other parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    shape: Shape
    as_of: datetime
    """When the file's values were true: what is known from later stays."""
    columns: Map[str, Column]
    """Only those that become something."""
    updated_at: Told | None = None
    """A column that says so for each row."""
    only: tuple[Says, ...] = ()
    """Rows that don't say all of this are left out."""
    unsubscribed: Says | None = None
    consents: Map[str, ConsentColumns] = field(default_factory=dict)
    ours: bool = False
    """Our own export wrote the file: what it defused becomes again what it was."""
