"""What a passage through a journey came to, in words that both of its drivers can say."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

Visit = tuple[str, datetime]
Timed = tuple[str, str]


@dataclass(slots=True)
class Told:
    """Instants to the minute: a run that is resumed in the middle of a wait adds a second."""

    visits: list[Timed] = field(default_factory=list)
    """The steps come to, in order; coming to the same one again is no other visit."""
    effects: set[tuple[str, str, str, str]] = field(default_factory=set)
    """(step, sent or refused, why, when)"""
    derived: set[tuple[str, str, str]] = field(default_factory=set)
    """(kind, what it says, when)"""
    arms: dict[str, str] = field(default_factory=dict)
    ended: Timed = ("", "")


def minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"


def once_each(visits: Iterable[Visit]) -> list[Timed]:
    told: list[Timed] = []
    for step, at in visits:
        if not told or told[-1][0] != step:
            told.append((step, minute(at)))
    return told


def said(data: object) -> str:
    """Of a derived touchpoint: what it is about, whoever asked for it."""
    if not isinstance(data, dict):
        raise TypeError(data)
    return str(sorted((k, str(v)) for k, v in data.items() if k in {"fields", "points", "journey"}))
