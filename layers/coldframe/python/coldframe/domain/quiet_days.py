"""Days without marketing: holidays and weekends of the lead's country, and the client's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile

COUNTRY_FIELD: Final = "country"
"""The field that tells a lead's country, as AT, if the client's forms ask for it."""
WEEKEND: Final = "weekend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """One lead's."""

    holidays: Mapping[str, str] = field(default_factory=dict)
    """Date, as 2026-12-25 or (each year) 12-25 → what day it is."""
    weekend: tuple[int, ...] = ()

    def name(self, day: date) -> str:
        """What quiet day it is; empty: none."""
        text = day.isoformat()
        found = self.holidays.get(text) or self.holidays.get(text[5:])
        return found or (WEEKEND if day.weekday() in self.weekend else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietDays:
    """``country``: whose days hold where a lead's country isn't known, or isn't among them."""

    country: str
    holidays: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Country → date → name."""
    weekends: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    """The client's, for all leads."""

    def of(self, profile: Profile | None) -> Days:
        told = profile.fields.get(COUNTRY_FIELD) if profile else None
        named = told.value.strip().upper() if told else ""
        known = named in self.holidays or named in self.weekends
        country = named if known else self.country
        return Days(
            holidays={**self.holidays.get(country, {}), **self.own},
            weekend=tuple(self.weekends.get(country, ())),
        )
