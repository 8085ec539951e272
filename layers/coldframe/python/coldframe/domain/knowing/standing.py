"""Where a lead stands: what was concluded of it, since when, and when that may next differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A value, and since when it holds."""

    value: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    at: datetime
    why: str
    """The clauses that decided, in words. May tell personal values: never logged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Right from ``at`` until ``due_at``, unless a touchpoint changes the facts."""

    at: datetime | None = None
    version: str = ""
    due_at: datetime | None = None
    """Early is allowed, late never; None: the clock alone changes nothing."""
    segments: Mapping[str, datetime] = field(default_factory=dict)
    """Segment the lead is in → since when."""
    held: Mapping[str, Held] = field(default_factory=dict)
    """`tier`, `stage`, `status`, `persona` → the value; one without a value is left out."""
    reached: Mapping[str, Reached] = field(default_factory=dict)
    """Lifecycle → when it was reached, and why."""
    alerted: frozenset[str] = frozenset()
    """Alerts that have fired and not rested since."""
