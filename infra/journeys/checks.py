"""Second pass: what can't be right in a journey, though each line by itself may be."""

from collections.abc import Iterator, Sequence
from typing import Final

from coldframe.domain.enrolment import EndReason
from coldframe.domain.journey import END, Window
from infra.journeys.journey_source import JourneySource
from infra.journeys.known import Known
from infra.journeys.path_checks import Path
from infra.journeys.pressure import check_pressure
from infra.journeys.source import (
    EnrolIn,
    Leave,
    Step,
    every,
    paired,
    ways,
)
from infra.reading.nodes import Located
from infra.reading.problems import Spot, did_you_mean

LONGEST_ID: Final = 60
"""State names hold at most 80 characters, and ours may put a few words around the id."""
NOTHING: Final = "nothing"
COMPLETED: Final = "completed"
_OURS: Final = {
    COMPLETED: "the end of the steps",
    EndReason.SUPPRESSED.value: "the end for leads who want no mail any more",
    EndReason.STOPPED.value: "the end of a journey that is stopped",
}
_SHORTEST_WINDOW: Final = 60
_DAY: Final = 24 * 60


def check_journey(journey: JourneySource, known: Known) -> None:
    """Reports to the journey's own places."""
    if not (journey.entries or journey.dates) and not journey.spot.reported():
        journey.spot.report("needs a way in, e.g. `enter: {form: cake-guide}`")
    if not journey.steps and not journey.spot.reported():
        journey.spot.report("needs at least one step")
    _check_head(journey, known)
    topic = journey.topic.value if journey.topic else None
    path = Path(
        known=known,
        topic=topic if topic in (known.topics or ()) else None,
        has_topic=journey.topic is not None,
        has_goal=journey.goal is not None,
        exits=tuple(each.event.value for each in journey.ends()),
        followed=_follows(journey),
    )
    falls_through = path.walk_all(journey.steps)
    if falls_through and journey.steps:
        _demand_end(journey)
    _check_ids(journey.steps)
    check_pressure(journey, known)


def _check_head(journey: JourneySource, known: Known) -> None:
    if journey.topic:
        known.check_topic(journey.topic)
    for event in (*journey.entries, *(each.event for each in journey.exits)):
        known.check_event(event)
    for date in journey.dates:
        known.check_date(date.field)
    if journey.goal:
        known.check_event(journey.goal.event)
    if journey.owner:
        known.check_person(journey.owner)
    if journey.window:
        _check_window(journey.window, known)
    _check_way_in(journey)
    _check_key(journey, known)
    _check_at_end(journey, known)
    _check_moved(journey)


def _check_window(window: Located[Window], known: Known) -> None:
    minutes = set(_minutes(window.value.start, window.value.end))
    if len(minutes) < _SHORTEST_WINDOW:
        window.spot.report("is shorter than an hour: too short for a mail to go through surely")
        return
    quiet = known.quiet_hours
    if quiet and len(minutes - set(_minutes(quiet.start, quiet.end))) < _SHORTEST_WINDOW:
        window.spot.report(
            "leaves less than an hour outside the quiet hours of client.yaml, which outrank it"
        )


def _minutes(start: int, end: int) -> range | list[int]:
    return range(start, end) if start < end else [*range(start, _DAY), *range(end)]


def _check_way_in(journey: JourneySource) -> None:
    """Of an event that both lets in and out, out wins."""
    for event in journey.entries:
        asked = event.value.where.items()
        if any(
            out.kind == event.value.kind and out.where.items() <= asked
            for out in (each.event.value for each in journey.ends())
        ):
            event.spot.report(
                f"lets nobody in: {event.value.kind} makes leads exit the journey at once"
                " (`exit_when`, or else its goal)"
            )


def _check_key(journey: JourneySource, known: Known) -> None:
    """A key must be something that each of the entering events can hold."""
    policy = journey.re_enter
    if policy is None or not policy.value.key:
        return
    key = policy.value.key
    if journey.dates:
        policy.spot.report(f"a date holds no {key!r}: only an entering event can")
    for event in journey.entries:
        asked = known.asked(event.value.kind)
        if asked is not None and key not in asked:
            policy.spot.report(f"{event.value.kind} holds no {key!r}{did_you_mean(key, asked)}")


def reasons(journey: JourneySource) -> set[str]:
    """Every word by which a passage of this journey may end."""
    said = {
        step.reason.value
        for step in every(journey.steps)
        if isinstance(step, Leave) and step.reason
    }
    return {COMPLETED, *said, *(each.reason for each in journey.ends())}


def _check_at_end(journey: JourneySource, known: Known) -> None:
    known_reasons = reasons(journey)
    for reason, follows in journey.at_end.items():
        if reason not in known_reasons:
            hint = did_you_mean(reason, known_reasons)
            follows.spot.report(f"this journey never ends as {reason!r}{hint}")
        if follows.value != NOTHING:
            _check_enrols(follows, journey, known, besides={NOTHING})
    for step in every(journey.steps):
        if isinstance(step, EnrolIn) and step.journey:
            _check_enrols(step.journey, journey, known)
        elif isinstance(step, Leave) and step.reason:
            _check_reason(step.reason.value, step.reason.spot)
    for each in journey.exits:
        _check_reason(each.reason, each.event.spot)


def _check_reason(reason: str, spot: Spot) -> None:
    if ours := _OURS.get(reason):
        spot.report(f"{reason!r} is how {ours} is called; choose another reason")


def _check_enrols(
    name: Located[str],
    journey: JourneySource,
    known: Known,
    *,
    besides: set[str] = frozenset(),  # type: ignore[assignment]  # never changed
) -> None:
    if name.value == journey.journey:
        name.spot.report("leads into this journey itself, over and over; use `repeat`")
    elif name.value not in known.journeys:
        hint = did_you_mean(name.value, {*known.journeys, *besides} - {journey.journey})
        name.spot.report(f"there is no journey {name.value!r}{hint}")
    elif (target := known.journeys[name.value]) and not target.live:
        name.spot.report(f"{name.value!r} is {target.status}: nobody may enter it")


def _check_moved(journey: JourneySource) -> None:
    if journey.moved and journey.edits != "migrate":
        spot = next(iter(journey.moved.values())).spot
        spot.report("is heeded with `edits: migrate` only; leads in flight keep their steps")
    steps = {step.id for step in every(journey.steps)}
    for target in journey.moved.values():
        if target.value not in steps:
            target.spot.report(
                f"there is no step {target.value!r}{did_you_mean(target.value, steps)}"
            )


def _follows(journey: JourneySource) -> bool:
    """Whether another journey begins where this one's steps end."""
    ends = journey.at_end.get(COMPLETED)
    return ends is not None and ends.value != NOTHING


def _demand_end(journey: JourneySource) -> None:
    if COMPLETED not in journey.at_end and not journey.spot.reported_at("at_end"):
        journey.spot.report(
            "says not what follows when a lead has been through it; write"
            " `at_end: {completed: nothing}`, or a journey's name in place of nothing"
        )


def _check_ids(steps: Sequence[Step]) -> None:
    lines: dict[str, int] = {END: 0}
    for step in _tasks(steps):
        if not step.id or step.spot.reported():
            continue
        if len(step.id) > LONGEST_ID:
            step.spot.report(
                f"its name is too long; give it an `id` of at most {LONGEST_ID} letters"
            )
        elif step.id == END:
            step.spot.report(f"{END!r} is the name of a step of ours; give it another `id`")
        elif step.id in lines:
            step.spot.report(
                f"is called {step.id!r} like the step on line {lines[step.id]}; give one of them"
                " an `id` of its own"
            )
        lines.setdefault(step.id, step.spot.line)


def _tasks(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps that need a name: a pause right after one that acts goes by the name of that."""
    for step, pause in paired(steps):
        yield step
        for part in (step, pause):
            for way in ways(part) if part else ():
                yield from _tasks(way)
