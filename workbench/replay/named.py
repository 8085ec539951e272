"""Which fields of leads and properties of events a playbook asks for, wherever it does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from coldframe.domain.conditions.nodes import Condition, MemoryRule
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import ReEntry
from coldframe.domain.journey_steps import DateMark
from coldframe.domain.known_facts import ZONE_FIELD
from coldframe.domain.playbook import DateEntry, Retime
from workbench.replay.book import Book

EMAIL_DOMAIN: Final = "email_domain"
"""A field that the address itself tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    fields: frozenset[str]
    properties: frozenset[str]


def named_by(book: Book) -> Named:
    asked, properties = {ZONE_FIELD}, set[str]()
    for each in _within((book.rules, tuple(book.journeys.values()))):
        match each:
            case Condition(fields=names):
                asked |= set(names)
            case DateMark(field=name) | Retime(field=name) | DateEntry(date=name):
                asked.add(name)
            case MemoryRule(where=where) | EventMatch(where=where):
                properties |= set(where)
            case ReEntry(key=key) if key:
                properties.add(key)
    return Named(fields=frozenset(asked), properties=frozenset(properties))


def _within(value: Any) -> Iterator[Any]:
    yield value
    if is_dataclass(value):
        for each in fields(value):
            yield from _within(getattr(value, each.name))
    elif isinstance(value, Mapping):
        for held in value.values():
            yield from _within(held)
    elif isinstance(value, tuple):
        for held in value:
            yield from _within(held)
