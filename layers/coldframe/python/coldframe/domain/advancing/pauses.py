"""What is waited for after a step, and what ends the wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.deciding import holds
from coldframe.domain.enrolment import EndReason
from coldframe.domain.journey_steps import Send, SendText, Wait, WaitFor
from coldframe.domain.pausing import wait_ends
from coldframe.domain.position import Deed, Position
from coldframe.domain.react import concerns, matches
from coldframe.domain.waiting import answer_among, counts_from, ends_at

if TYPE_CHECKING:
    from coldframe.domain.advancing.walk import Walk
    from coldframe.domain.touchpoint import Touchpoint


def pause(walk: Walk) -> None:
    """The step is done."""
    step = walk.step
    if isinstance(step.pause, WaitFor):
        _wait_for(walk, step.pause)
    elif step.next is None:
        walk.go_to(None)
    elif isinstance(step.pause, Wait):
        _wait(walk, step.pause, began=_began(walk))
    else:
        walk.go_to(step.next)


def wake(walk: Walk, event: Touchpoint | None) -> None:
    """Something happened, or time has passed, while the lead waits."""
    position, waits = walk.position, walk.step.pause
    over = position.due is not None and walk.now >= position.due
    if isinstance(waits, WaitFor):
        if event is not None and not over and _answers(walk, waits, event):
            _answered(walk, waits, event)
        elif over:
            walk.go_to(waits.otherwise)
        else:
            walk.resting = True
    elif isinstance(waits, Wait) and _dated(walk, waits) != position.dated:
        _wait(walk, waits, began=position.began or walk.now)
    elif over:
        walk.go_to(walk.step.next)
    else:
        walk.resting = True


def _wait(walk: Walk, wait: Wait, *, began: datetime) -> None:
    ends = wait_ends(
        wait,
        step=walk.step,
        journey=walk.journey,
        client=walk.script.client,
        profile=walk.profile,
        lead=walk.enrolment.lead,
        since=began,
        mail=walk.script.mail,
        knowing=walk.script.reactions.knowing,
    )
    if ends.exit:
        reason = EndReason.EXITED.value
        walk.close(reason, then=walk.journey.at_end.get(reason, ""), why=ends.why)
    elif ends.skip:
        walk.did(walk.action(Deed.SKIPPED, why=ends.why))
        walk.go_to(wait.skip_to)
    elif ends.at is None or ends.at <= walk.now:
        walk.go_to(walk.step.next)
    else:
        _rest(walk, until=ends.at, began=began, dated=_dated(walk, wait))


def _wait_for(walk: Walk, wait: WaitFor) -> None:
    """It looks once for an event that came already."""
    enrolment, began = walk.enrolment, _began(walk)
    since = counts_from(wait, walk.step, enrolment, entered=began)
    key = walk.journey.re_enter.key
    found = answer_among(walk.history, wait, enrolment=enrolment, key=key, since=since)
    if found and holds(wait.condition, walk.facts, now=walk.now):
        _answered(walk, wait, found)
        return
    until = ends_at(wait, begun=walk.now)
    _rest(walk, until=until, began=began, counts_from=since, what=wait.when.kind)


def _rest(
    walk: Walk,
    *,
    until: datetime,
    began: datetime,
    counts_from: datetime | None = None,
    dated: str = "",
    what: str = "",
) -> None:
    walk.did(replace(walk.action(Deed.WAITS, what=what), until=until))
    waits = Position(
        enrolment=walk.enrolment,
        paused=True,
        due=until,
        began=began,
        counts_from=counts_from,
        dated=dated,
    )
    walk.rest(waits)


def _answers(walk: Walk, wait: WaitFor, event: Touchpoint) -> bool:
    since = walk.position.counts_from
    return (
        (since is None or event.occurred_at >= since)
        and matches(wait.when, event)
        and concerns(event, walk.enrolment, key=walk.journey.re_enter.key)
        and holds(wait.condition, walk.facts, now=walk.now)
    )


def _answered(walk: Walk, wait: WaitFor, event: Touchpoint) -> None:
    walk.did(walk.action(Deed.ANSWERED, what=event.kind))
    walk.go_to(wait.then)


def _began(walk: Walk) -> datetime:
    """A mail's wait begins when it goes, however long it was put off; others with their step."""
    sends = isinstance(walk.step.action, Send | SendText)
    return walk.now if sends else walk.enrolment.since


def _dated(walk: Walk, wait: Wait) -> str:
    """What the lead's date is now, if it is a date that is waited for."""
    known = walk.profile.fields.get(wait.date.field) if walk.profile and wait.date else None
    return known.value if known else ""
