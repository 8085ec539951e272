"""What `react` must know of all journeys: who enters, who leaves, what is waited for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from coldframe.domain.company import FACTS
from coldframe.domain.conditions.memory import merged
from coldframe.domain.conditions.nodes import Condition
from coldframe.domain.journey import MIGRATE, Journey
from coldframe.domain.knowing.asking import field_need
from coldframe.domain.playbook import DateEntry, Entry, Exit, Reactions, Retime, WaitRule
from infra.journeys.journey_source import JourneySource

_COMPANY: Final = frozenset(map(field_need, FACTS))


def reactions(
    sources: Mapping[str, JourneySource],
    journeys: Mapping[str, Journey],
    *,
    events: tuple[str, ...],
    asked: Iterable[Condition] = (),
) -> Reactions:
    """``journeys``: those that may hold leads. ``asked``: conditions of segments, mails and such.

    Only a live one lets leads in; all of them let leads out.
    """
    live = {name: journey for name, journey in journeys.items() if journey.status == "live"}
    conditions = [each for journey in journeys.values() for each in journey.conditions()]
    conditions += asked
    return Reactions(
        entries=tuple(_entries(sources, live)),
        exits=tuple(_exits(sources, journeys)),
        waits=tuple(_waits(journeys)),
        dates=tuple(_dates(sources, live)),
        retimes=tuple(_retimes(journeys)),
        memory=merged(rule for each in conditions for rule in each.memory),
        events=events,
        needs=tuple(_of_companies(conditions)),
        migrating={
            name: journey.version for name, journey in journeys.items() if journey.edits == MIGRATE
        },
    )


def _of_companies(conditions: Iterable[Condition]) -> list[str]:
    """What is asked of a lead's company: only where something is do leads hear of theirs."""
    return sorted({field_need(name) for each in conditions for name in each.fields} & _COMPANY)


def _entries(sources: Mapping[str, JourneySource], live: Mapping[str, Journey]) -> Iterator[Entry]:
    for name, journey in live.items():
        for event in sources[name].entries:
            yield Entry(
                journey=name,
                first=journey.first,
                when=event.value,
                re_enter=journey.re_enter,
            )


def _dates(
    sources: Mapping[str, JourneySource], live: Mapping[str, Journey]
) -> Iterator[DateEntry]:
    for name, journey in live.items():
        for each in sources[name].dates:
            yield DateEntry(
                journey=name,
                first=journey.first,
                date=each.field.value,
                days=each.days,
                minute=each.minute,
                re_enter=journey.re_enter,
            )


def _exits(sources: Mapping[str, JourneySource], journeys: Mapping[str, Journey]) -> Iterator[Exit]:
    for name, journey in journeys.items():
        for each in sources[name].ends():
            yield Exit(
                journey=name,
                when=each.event.value,
                reason=each.reason,
                then=journey.at_end.get(each.reason, ""),
                key=journey.re_enter.key,
            )


def _waits(journeys: Mapping[str, Journey]) -> Iterator[WaitRule]:
    for name, journey in journeys.items():
        for step in journey.steps.values():
            if pause := step.wait_for:
                yield WaitRule(
                    journey=name,
                    step=step.id,
                    when=pause.when,
                    condition=pause.condition,
                    key=journey.re_enter.key,
                )


def _retimes(journeys: Mapping[str, Journey]) -> Iterator[Retime]:
    for name, journey in journeys.items():
        for step in journey.steps.values():
            if step.wait and step.wait.date:
                yield Retime(journey=name, step=step.id, field=step.wait.date.field)
