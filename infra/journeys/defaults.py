"""What an author may leave unsaid: a wait for a click means the mail sent just before."""

from collections.abc import Sequence
from dataclasses import replace

from coldframe.domain.playbook import EventMatch
from coldframe.domain.touchpoint import EMAIL_CLICKED
from infra.journeys.source import JourneySource, Send, Step, WaitFor


def with_defaults(journey: JourneySource) -> JourneySource:
    return replace(journey, steps=_filled(journey.steps, last=None)[0])


def _filled(steps: Sequence[Step], *, last: str | None) -> tuple[tuple[Step, ...], str | None]:
    """The steps, and the mail that was surely the last one sent when they are through."""
    found: list[Step] = []
    for step in steps:
        filled = step
        if isinstance(step, Send):
            last = step.mail.value if step.mail else None
        elif isinstance(step, WaitFor):
            then, after_then = _filled(step.then, last=last)
            otherwise, after_else = _filled(step.otherwise, last=last)
            filled = _about(replace(step, then=then, otherwise=otherwise), last)
            last = after_then if after_then == after_else else None
        found.append(filled)
    return tuple(found), last


def _about(step: WaitFor, mail: str | None) -> WaitFor:
    event = step.event
    if mail is None or event is None or event.value.kind != EMAIL_CLICKED:
        return step
    if "mail" in event.value.where:
        return step
    match = EventMatch(kind=EMAIL_CLICKED, where={"mail": mail, **event.value.where})
    return replace(step, event=replace(event, value=match))
