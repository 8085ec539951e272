"""Journeys that leads enter some days before or after a date of theirs."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from coldframe.domain.conditions.facts import read
from coldframe.domain.conditions.nodes import Type
from coldframe.domain.knowing.asking import ZONE, field_need, zone_of_lead

if TYPE_CHECKING:
    from coldframe.domain.playbook import DateEntry
    from coldframe.domain.profile import Profile


def date_needs(entries: "Iterable[DateEntry]") -> Iterator[str]:
    for entry in entries:
        yield from (field_need(entry.date), field_need(ZONE))


def entering(
    profile: "Profile", entries: "Iterable[DateEntry]", otherwise: str
) -> "Iterator[tuple[DateEntry, datetime]]":
    """When the lead enters by each entry whose date it has; that may be past."""
    zone: tzinfo | None = None
    for entry in entries:
        known = profile.fields.get(entry.date)
        ordinal = read(known.value, Type.DATE) if known else None
        if not isinstance(ordinal, int):
            continue
        zone = zone or zone_of_lead(profile, otherwise)
        try:
            yield entry, _instant(date.fromordinal(ordinal), entry, zone)
        except OverflowError:
            continue


def _instant(day: date, entry: "DateEntry", zone: tzinfo) -> datetime:
    from coldframe.domain.local_time import at_wall

    return at_wall(day + timedelta(days=entry.days), entry.minute, zone)
