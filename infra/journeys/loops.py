"""Journeys that lead into one another, over and over: a lead would never be out of them."""

from collections.abc import Iterator, Mapping

from coldframe.domain.touchpoint import SEGMENT_ENTERED
from infra.journeys.checks import NOTHING
from infra.journeys.journey_source import JourneySource
from infra.journeys.source import (
    EnrolIn,
    GiveScore,
    SetFields,
    every,
)
from infra.reading.problems import Spot

Reads = Mapping[str, frozenset[str]]
"""Segment → the fields that its rule asks for."""
_SCORES = frozenset({"score", "fit", "engagement", "tier"})


def check_loops(journeys: Mapping[str, JourneySource], segments: Reads) -> None:
    """Reports each circle once, at the step that closes it.

    A circle with a journey that is entered once only comes to rest there by itself.
    """
    leads = {name: dict(_leads_to(each, journeys, segments)) for name, each in journeys.items()}
    for name in sorted(journeys):
        way = _back_to(name, leads, journeys)
        if way and name == min(way):
            spot = leads[way[-1]][name]
            spot.report(
                f"closes a circle: {' → '.join([*way, name])}; let one of them be entered once"
                " only (`re_enter: never`), or end it with nothing"
            )


def _leads_to(
    journey: JourneySource, journeys: Mapping[str, JourneySource], segments: Reads
) -> Iterator[tuple[str, Spot]]:
    """Every journey that a passage through this one can begin, and where it says so."""
    for step in every(journey.steps):
        if isinstance(step, EnrolIn) and step.journey and step.journey.value != journey.journey:
            yield step.journey.value, step.journey.spot
    for follows in journey.at_end.values():
        if follows.value not in {NOTHING, journey.journey}:
            yield follows.value, follows.spot
    changed = _changed(journey)
    for name, other in journeys.items():
        for field in sorted(_asked_on_entry(other, segments) & changed.keys()):
            yield name, changed[field]


def _changed(journey: JourneySource) -> dict[str, Spot]:
    """Fields that its steps change, and where."""
    changed: dict[str, Spot] = {}
    for step in every(journey.steps):
        if isinstance(step, SetFields):
            changed |= dict.fromkeys(step.values, step.spot)
        elif isinstance(step, GiveScore):
            changed |= dict.fromkeys(_SCORES, step.spot)
    return changed


def _asked_on_entry(journey: JourneySource, segments: Reads) -> set[str]:
    """A date is no circle's part: until it comes, time passes."""
    asked = set[str]()
    for event in journey.entries:
        if event.value.kind == SEGMENT_ENTERED:
            asked |= segments.get(event.value.where.get("segment", ""), frozenset())
    return asked


def _back_to(
    name: str, leads: Mapping[str, Mapping[str, Spot]], journeys: Mapping[str, JourneySource]
) -> list[str]:
    """The shortest way from a journey to itself through such as may be entered again."""
    ways, seen = [[name]], set[str]()
    for way in ways:
        for target in sorted(leads[way[-1]]):
            if target == name:
                return way if all(_again(journeys[each]) for each in way) else []
            if target in journeys and target not in seen and _again(journeys[target]):
                seen.add(target)
                ways.append([*way, target])
    return []


def _again(journey: JourneySource) -> bool:
    return journey.re_enter is not None and journey.re_enter.value.mode != "never"
