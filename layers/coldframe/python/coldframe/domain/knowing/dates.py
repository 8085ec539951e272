"""Journeys that leads enter some days before or after a date of theirs."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from coldframe.domain.conditions.facts import read
from coldframe.domain.conditions.instants import from_ms
from coldframe.domain.conditions.nodes import Type
from coldframe.domain.knowing.asking import ZONE, field_need, told_by, zone_of_lead

if TYPE_CHECKING:
    from coldframe.domain.playbook import DateEntry
    from coldframe.domain.profile import Profile


def date_needs(entries: "Iterable[DateEntry]") -> Iterator[str]:
    for entry in entries:
        yield from (field_need(entry.date), field_need(ZONE))


def entering(
    profile: "Profile", entries: "Sequence[DateEntry]", otherwise: str
) -> "Iterator[tuple[DateEntry, datetime]]":
    """When the lead enters by each entry whose date it has; that may be past."""
    if not entries:
        return
    told, zone = told_by(profile), zone_of_lead(profile, otherwise)
    for entry in entries:
        day = day_of(told.get(entry.date), zone)
        if day is None:
            continue
        try:
            yield entry, _instant(day, entry, zone)
        except OverflowError:
            continue


def day_of(raw: object, zone: tzinfo) -> date | None:
    """The day that a date names, or on which an instant falls there; None: it is neither."""
    day = read(raw, Type.DATE)
    if isinstance(day, int):
        return date.fromordinal(day)
    told = read(raw, Type.INSTANT)
    at = from_ms(told) if isinstance(told, int) else None
    try:
        return at.astimezone(zone).date() if at else None
    except OverflowError:
        return None


def _instant(day: date, entry: "DateEntry", zone: tzinfo) -> datetime:
    from coldframe.domain.local_time import at_wall

    return at_wall(day + timedelta(days=entry.days), entry.minute, zone)
