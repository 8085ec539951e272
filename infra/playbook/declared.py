"""What a client declares: the fields a lead may have and the events that may happen to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final

from coldframe.domain.conditions.nodes import Type
from coldframe.domain.told import Setting
from infra.playbook.conditions import built_in
from infra.playbook.conditions.catalogue import Catalogue, EventSpec, FieldSpec
from infra.reading.nodes import Located

ADDRESS: Final = "email"


class FieldType(StrEnum):
    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"


class Source(StrEnum):
    """Who may tell us of an event: a server that signs it (trusted), or anybody (public)."""

    SERVER = "server"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in the client's own language, and in others by their tags."""

    text: str
    by_language: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredField:
    """One entry of fields.yaml."""

    name: str
    about: str
    type: FieldType = FieldType.TEXT
    label: Words
    options: tuple[Option, ...] = ()
    """choice only"""
    ranges: tuple[int, ...] = ()
    """number only: where each range begins that a mail offers as an answer."""
    personal: bool = True
    """Says something about a person, so that it is erased and exported with the lead."""
    keep: timedelta | None = None
    """How long after it was last said; None: as long as the lead."""
    aliases: tuple[str, ...] = ()
    """What existing pages and imports call it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredEvent:
    """One entry of events.yaml."""

    kind: str
    about: str
    source: Source = Source.SERVER
    properties: Mapping[str, Type] | None = None
    """None: whatever its source sends."""
    sets: tuple[Located[Setting], ...] = ()


BUILT_IN_FIELDS: Final[Mapping[str, DeclaredField]] = {
    ADDRESS: DeclaredField(
        name=ADDRESS,
        about="The lead's address",
        type=FieldType.EMAIL,
        label=Words(text="Email"),
    )
}

ASKED_FOR: Final = frozenset({"country", "locale", "zone"})
"""Built in, but a form may ask for them."""
NOT_DECLARED: Final = (built_in.TAKEN - ASKED_FOR) | BUILT_IN_FIELDS.keys()
"""Names that mean something already, whatever a client's file says of them."""
_TYPES: Final = {
    FieldType.NUMBER: Type.NUMBER,
    FieldType.DATE: Type.DATE,
    FieldType.BOOLEAN: Type.BOOLEAN,
}
"""All others are text to a condition."""


def catalogue_of(
    *,
    fields: Mapping[str, DeclaredField],
    events: Mapping[str, DeclaredEvent],
    segments: Collection[str] = (),
) -> Catalogue:
    """What the client's conditions may name: what is built in, and what the client declares."""
    return built_in.catalogue(
        fields=[_field(each) for name, each in fields.items() if name not in NOT_DECLARED],
        events=[_event(each) for each in events.values()],
        segments=segments,
    )


def type_of(declared: FieldType) -> Type:
    return _TYPES.get(declared, Type.TEXT)


def _field(declared: DeclaredField) -> FieldSpec:
    return FieldSpec(
        name=declared.name,
        type=type_of(declared.type),
        about=declared.about,
        label=declared.label.text.lower(),
        choices=tuple(option.value for option in declared.options),
    )


def _event(declared: DeclaredEvent) -> EventSpec:
    return EventSpec(kind=declared.kind, about=declared.about, properties=declared.properties)
