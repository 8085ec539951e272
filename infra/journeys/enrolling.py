"""Journeys made ready for the checks: written out, and open to those that lead into them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from infra.journeys.defaults import with_defaults
from infra.journeys.entrances import requested
from infra.journeys.journey_source import JourneySource
from infra.journeys.source import EnrolIn, every
from infra.reading.nodes import Located


def prepared(sources: Mapping[str, JourneySource | None]) -> dict[str, JourneySource | None]:
    ready = {name: with_defaults(each) if each else None for name, each in sources.items()}
    named = {target.value for each in ready.values() if each for target in _leads_to(each)}
    return {name: _open(each) if each and name in named else each for name, each in ready.items()}


def _leads_to(journey: JourneySource) -> Iterator[Located[str]]:
    yield from journey.at_end.values()
    for step in every(journey.steps):
        if isinstance(step, EnrolIn) and step.journey:
            yield step.journey


def _open(journey: JourneySource) -> JourneySource:
    """Another journey may ask for a lead to enter this one."""
    asked = requested(journey.journey)
    if any(entry.value == asked for entry in journey.entries):
        return journey
    return replace(journey, entries=(*journey.entries, Located(asked, journey.spot)))
