"""What a condition is evaluated on, and how stored values are read as their declared types."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Final

from coldframe.domain.conditions.instants import duration_ms, to_ms
from coldframe.domain.conditions.memory import Memory
from coldframe.domain.conditions.nodes import Type, Value

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?")
_LARGEST: Final = 10**15
_WORDS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """A value that was computed elsewhere, and the instant at which it may next differ."""

    value: object
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one lead. What is not in ``fields`` is missing."""

    fields: Mapping[str, object] = field(default_factory=dict)
    """As stored or typed: text, numbers, instants…, a `Sum` that fades, or an `Until` of these."""
    memory: Memory = field(default_factory=dict)
    segments: Mapping[str, bool | Until] = field(default_factory=dict)
    zone: tzinfo = UTC
    """The lead's, else the client's."""


def read(raw: object, type_: Type) -> Value:
    """The value as its type, or None: what can't be read is missing, never an error."""
    return None if raw is None else _READERS[type_](raw)


def _text(raw: object) -> Value:
    return str(raw) if isinstance(raw, str) and raw.strip() else None


def _number(raw: object) -> Value:
    if isinstance(raw, str):
        return _number(Decimal(raw.strip())) if _NUMBER.fullmatch(raw.strip()) else None
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return None
    if not math.isfinite(raw) or not -_LARGEST <= raw <= _LARGEST:
        return None
    return int(raw) if raw == int(raw) else float(raw)


def _boolean(raw: object) -> Value:
    if isinstance(raw, str):
        return _WORDS.get(raw.strip().lower())
    return raw if isinstance(raw, bool) else None


def _instant(raw: object) -> Value:
    if isinstance(raw, str):
        try:
            return _instant(datetime.fromisoformat(raw.strip()))
        except ValueError:
            return None
    if not isinstance(raw, datetime) or raw.tzinfo is None:
        return None
    try:
        return to_ms(raw)
    except OverflowError:
        return None


def _date(raw: object) -> Value:
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw.strip()).toordinal()
        except ValueError:
            return None
    return raw.toordinal() if isinstance(raw, date) and not isinstance(raw, datetime) else None


def _duration(raw: object) -> Value:
    if isinstance(raw, str):
        return duration_ms(raw)
    return raw / timedelta(milliseconds=1) if isinstance(raw, timedelta) else None


def _list(raw: object) -> Value:
    if isinstance(raw, str):
        return (raw,)
    if not isinstance(raw, list | tuple | set | frozenset):
        return None
    return tuple(sorted(item for item in raw if isinstance(item, str)))


_READERS: Final[dict[Type, Callable[[object], Value]]] = {
    Type.TEXT: _text,
    Type.NUMBER: _number,
    Type.BOOLEAN: _boolean,
    Type.INSTANT: _instant,
    Type.DATE: _date,
    Type.DURATION: _duration,
    Type.LIST: _list,
}
