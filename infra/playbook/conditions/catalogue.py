"""What the conditions of one client may name: fields, events and segments, each with its type."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from coldframe.domain.conditions.nodes import Type

RESERVED: Final = frozenset(
    {"and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "known"}
)
"""Words of the language itself."""

BUILT_IN: Final = "built in"
"""The origin of what every client has."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    name: str
    type: Type
    about: str = ""
    label: str = ""
    """What explanations call it; else its name without underscores."""
    choices: tuple[str, ...] = ()
    """The only texts it can hold; empty: any."""
    fades: bool = False
    """A number of points that falls with time."""
    origin: str = "fields.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSpec:
    kind: str
    about: str = ""
    label: str = ""
    """What explanations call it: *page seen*; else its kind."""
    properties: Mapping[str, Type] | None = field(default_factory=dict)
    """None: whatever its source sends."""
    origin: str = "events.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    fields: Mapping[str, FieldSpec]
    events: Mapping[str, EventSpec]
    segments: frozenset[str] = frozenset()


def catalogue_of(
    *,
    fields: Iterable[FieldSpec] = (),
    events: Iterable[EventSpec] = (),
    segments: Collection[str] = (),
) -> Catalogue:
    """Of just these; `built_in.catalogue` adds what every client has."""
    return Catalogue(
        fields={spec.name: spec for spec in fields},
        events={spec.kind: spec for spec in events},
        segments=frozenset(segments),
    )


def name_problem(name: str, *, taken: Collection[str]) -> str:
    """Why a client can't call a field so; empty if it can."""
    if not _NAME.fullmatch(name):
        return f"{name!r} is no name for a field; write small letters, digits and _, e.g. job_title"
    if name in RESERVED:
        return f"{name!r} is a word of the condition language; choose another name"
    if name in taken:
        return f"{name!r} is built in; choose another name"
    return ""
