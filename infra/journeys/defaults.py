"""What an author may leave unsaid: a wait for a click or an answer means the mail just sent."""

from collections.abc import Sequence
from dataclasses import replace

from coldframe.domain.event_match import EventMatch
from infra.journeys.journey_source import JourneySource
from infra.journeys.known import ABOUT_A_MAIL
from infra.journeys.rounds import unrolled
from infra.journeys.source import (
    Branch,
    Send,
    Split,
    Step,
    WaitFor,
    ways,
    with_ways,
)


def with_defaults(journey: JourneySource) -> JourneySource:
    written_out = unrolled(journey)
    return replace(written_out, steps=_filled(written_out.steps, last=None)[0])


def _filled(steps: Sequence[Step], *, last: str | None) -> tuple[tuple[Step, ...], str | None]:
    """The steps, and the mail that was surely the last one sent when they are through."""
    found: list[Step] = []
    for step in steps:
        filled = _about(step, last) if isinstance(step, WaitFor) else step
        if isinstance(step, Send):
            last = step.mail.value if step.mail else None
        elif ways(step):
            filled, last = _forked(filled, last)
        found.append(filled)
    return tuple(found), last


def _forked(step: Step, before: str | None) -> tuple[Step, str | None]:
    ends = {before} if passes_by(step) else set[str | None]()

    def fill(way: tuple[Step, ...]) -> tuple[Step, ...]:
        filled, last = _filled(way, last=before)
        ends.add(last)
        return filled

    changed = with_ways(step, fill)
    return changed, ends.pop() if len(ends) == 1 else None


def passes_by(step: Step) -> bool:
    """Whether some leads go on behind the step without taking any of its ways."""
    match step:
        case Branch(arms=arms):
            return not any(arm.is_else for arm in arms)
        case Split(holdout=holdout):
            return holdout > 0
        case _:
            return False


def _about(step: WaitFor, mail: str | None) -> WaitFor:
    event = step.event
    if mail is None or event is None or event.value.kind not in ABOUT_A_MAIL:
        return step
    if "mail" in event.value.where:
        return step
    match = EventMatch(kind=event.value.kind, where={"mail": mail, **event.value.where})
    return replace(step, event=replace(event, value=match))
