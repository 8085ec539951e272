"""What a client's conditions may name, its segments and personas included."""

from collections.abc import Mapping
from dataclasses import replace

from coldframe.domain.conditions.nodes import Type
from infra.playbook.conditions.catalogue import Catalogue, FieldSpec
from infra.playbook.declared import DeclaredEvent, DeclaredField, catalogue_of
from infra.playbook.knowing.source import KnowingSource


def catalogue_for(
    fields: Mapping[str, DeclaredField] | None,
    events: Mapping[str, DeclaredEvent] | None,
    knowing: KnowingSource,
) -> Catalogue | None:
    """None when a file that declares some of it can't be read."""
    if fields is None or events is None or knowing.segments is None:
        return None
    catalogue = catalogue_of(fields=fields, events=events, segments=knowing.segments)
    personas = tuple(named.name for named in knowing.personas)
    if not personas:
        return catalogue
    persona = FieldSpec(
        name="persona",
        type=Type.TEXT,
        about="what kind of buyer it is",
        choices=personas,
        origin="personas.yaml",
    )
    return replace(catalogue, fields={**catalogue.fields, "persona": persona})
