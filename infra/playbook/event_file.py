"""events.yaml: what may happen to a lead elsewhere, and who may tell us so."""

from typing import Final

from coldframe.domain.conditions.nodes import Type
from coldframe.domain.touchpoint import BUILT_IN_KINDS
from coldframe.domain.trust import may_be_public
from infra.playbook.conditions.built_in import EVENTS
from infra.playbook.declared import DeclaredEvent, Source
from infra.playbook.event_sets import read_sets
from infra.playbook.visits import reserved
from infra.reading.nodes import Node
from infra.reading.values import EVENT, FIELD

_PROPERTY_TYPES: Final = ("text", "number", "boolean", "date", "instant")
_BUILT_IN: Final = BUILT_IN_KINDS | {spec.kind for spec in EVENTS}


def read_events(root: Node) -> dict[str, DeclaredEvent]:
    """Event → what was declared of it."""
    found = root.pairs()
    for name, node in found.items():
        if name in _BUILT_IN:
            node.spot.report("is built in; leave it out")
        elif not EVENT.fullmatch(name):
            node.spot.report(f"{name!r} is no name for an event; write it like `tasting.booked`")
    return {name: _event(name, node) for name, node in found.items()}


def _event(kind: str, node: Node) -> DeclaredEvent:
    if node.is_text():
        return DeclaredEvent(kind=kind, about=node.text() or kind)
    keys = node.keys(needed=["about"], optional=["source", "properties", "sets"])
    source = keys.read("source", lambda value: value.one_of([each.value for each in Source]))
    if source == Source.PUBLIC and not may_be_public(kind):
        node.spot.report(
            f"can't be public: anybody could tell us of it, and {kind.partition('.')[0]!r} events"
            " move money, permission or a lead's standing; let a server send and sign it"
        )
    properties = keys.read("properties", _properties)
    for name in filter(reserved, properties or {}) if source == Source.PUBLIC else ():
        node.spot.report(f"{name!r} is a word of ours; call the property otherwise")
    return DeclaredEvent(
        kind=kind,
        about=keys.read("about", Node.text) or kind,
        source=Source(source or Source.SERVER),
        properties=properties,
        sets=keys.read("sets", read_sets) or (),
    )


def _properties(node: Node) -> dict[str, Type]:
    read = {}
    for name, child in node.pairs().items():
        if not FIELD.fullmatch(name):
            child.spot.report(f"{name!r} is no name for a property; write it like `plan_name`")
        if kind := child.one_of(_PROPERTY_TYPES):
            read[name] = Type(kind)
    return read
