"""fields.yaml and events.yaml: the words that forms, mails and journeys may use."""

from typing import Final

from coldframe.domain.touchpoint import BUILT_IN_KINDS
from infra.reading.nodes import Node
from infra.reading.values import EVENT, FIELD

BUILT_IN_FIELDS: Final = {"email": "The lead's address"}


def read_fields(root: Node) -> dict[str, str]:
    """Field → what it is, in words."""
    found = root.pairs()
    for name, node in found.items():
        if name in BUILT_IN_FIELDS:
            node.spot.report("is built in; leave it out")
        elif not FIELD.fullmatch(name):
            node.spot.report(f"{name!r} is no name for a field; write it like `first_name`")
    return {**BUILT_IN_FIELDS, **{name: node.text() or name for name, node in found.items()}}


def read_events(root: Node) -> dict[str, str]:
    """Event → what it means, in words; trusted, from signed sources only."""
    found = root.pairs()
    for name, node in found.items():
        if name in BUILT_IN_KINDS:
            node.spot.report("is built in; leave it out")
        elif not EVENT.fullmatch(name):
            node.spot.report(f"{name!r} is no name for an event; write it like `tasting.booked`")
    return {name: node.text() or name for name, node in found.items()}
