"""The words of a client's journeys: what their conditions may name, what their steps may set."""

from collections.abc import Mapping

from coldframe.domain.conditions.nodes import Condition, Type
from infra.journeys.words import Words
from infra.playbook.conditions.compiling import condition_at
from infra.playbook.declared import DeclaredEvent, DeclaredField
from infra.playbook.knowing.source import KnowingSource
from infra.playbook.knowing.words import catalogue_for
from infra.reading.problems import Spot


def journey_words(
    fields: Mapping[str, DeclaredField] | None,
    events: Mapping[str, DeclaredEvent] | None,
    knowing: KnowingSource,
) -> Words:
    """Of what can't be read nothing is known, so that nothing is said against it."""
    known = catalogue_for(fields, events, knowing)
    if fields is None or known is None:
        return Words(compile=_unjudged, fields=None)

    def compiled(spot: Spot, source: str, wants: Type) -> Condition | None:
        return condition_at(spot, source, catalogue=known, wants=wants)

    return Words(compile=compiled, fields=known.fields, declared=frozenset(fields))


def _unjudged(_spot: Spot, _source: str, _wants: Type) -> None:
    return None
