"""The core: what is due now in one lead's journey, and when next. Pure; whoever drives it acts.

The same rules serve the steps of the deployed journey, each of which is one call of a function;
here they follow each other as long as nothing has to be waited for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.advancing.pauses import pause, wake
from coldframe.domain.advancing.steps import do_step
from coldframe.domain.advancing.walk import Script, Walk
from coldframe.domain.enrolment import EndReason, EnrolmentStatus
from coldframe.domain.exits import ended_by
from coldframe.domain.journey import STOPPED
from coldframe.domain.react import suppresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from coldframe.domain.gate import Gate
    from coldframe.domain.giving_way import Due
    from coldframe.domain.position import Action, Position
    from coldframe.domain.profile import Profile
    from coldframe.domain.touchpoint import Touchpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Advanced:
    """``gate`` counts the mails of this move; what else follows, the driver brings about.

    ``told``: touchpoints that the journey itself makes, for the driver to record and react to.
    """

    position: Position
    actions: tuple[Action, ...]
    gate: Gate
    told: tuple[Touchpoint, ...] = ()
    visited: tuple[str, ...] = ()
    """The steps that were asked to do their part, in order."""

    @property
    def due(self) -> datetime | None:
        """When to advance again if nothing happens; None: the enrolment is closed."""
        return self.position.due


def advance(
    position: Position,
    script: Script,
    *,
    profile: Profile | None,
    gate: Gate,
    now: datetime,
    event: Touchpoint | None = None,
    history: Iterable[Touchpoint] = (),
    ahead: Callable[[], Sequence[Due]] | None = None,
) -> Advanced:
    """As far as it goes now. Called too early, or after the end, it changes nothing.

    ``profile``: with the event in it. ``history``: the lead's touchpoints, in which a wait looks
    for an event that came before it. ``ahead``: mails of more important journeys that are due soon.
    """
    walk = Walk(
        script=script,
        position=position,
        profile=profile,
        gate=gate,
        now=now,
        history=tuple(history),
        ahead=ahead,
    )
    if position.enrolment.status is EnrolmentStatus.OPEN:
        _move(walk, event)
    return Advanced(
        position=walk.position,
        actions=tuple(walk.actions),
        gate=walk.gate,
        told=tuple(walk.told),
        visited=tuple(walk.visited),
    )


def _move(walk: Walk, event: Touchpoint | None) -> None:
    due = walk.position.due
    if event is not None and _leaves(walk, event):
        return
    if walk.position.paused:
        wake(walk, event)
    elif due is not None and walk.now < due:
        return
    while not walk.resting:
        _step(walk)


def _step(walk: Walk) -> None:
    walk.visited.append(walk.enrolment.step)
    if walk.journey.status == STOPPED:
        walk.close(EndReason.STOPPED.value)
    elif do_step(walk):
        pause(walk)


def _leaves(walk: Walk, event: Touchpoint) -> bool:
    """Asked before anything else: an event that both exits and answers, exits."""
    if suppresses(event) and event.occurred_at >= walk.enrolment.started_at:
        walk.close(EndReason.SUPPRESSED.value, why=event.kind)
        return True
    rule = ended_by(event, walk.script.reactions.exits, walk.enrolment)
    if rule is not None:
        walk.close(rule.reason, then=rule.then, why=event.kind)
    return rule is not None
