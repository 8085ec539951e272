"""What every client's conditions may name, and what its own folder declares beside it."""

from collections.abc import Collection, Iterable
from typing import Final

from infra.playbook.conditions.built_in_events import EVENTS
from infra.playbook.conditions.built_in_fields import FIELDS
from infra.playbook.conditions.catalogue import Catalogue, EventSpec, FieldSpec, catalogue_of
from infra.playbook.conditions.functions import FUNCTIONS

__all__ = ["EVENTS", "FIELDS", "FUNCTIONS", "TAKEN", "catalogue"]


def catalogue(
    *,
    fields: Iterable[FieldSpec] = (),
    events: Iterable[EventSpec] = (),
    segments: Collection[str] = (),
) -> Catalogue:
    """What is built in and what the client declares."""
    return catalogue_of(fields=(*FIELDS, *fields), events=(*EVENTS, *events), segments=segments)


TAKEN: Final = frozenset({spec.name for spec in FIELDS} | {spec.name for spec in FUNCTIONS})
"""Names that a client's own fields can't have."""
