"""What a journey's run asks of us at a step, and what it hears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import (
    MOST_RESTARTS,
    EndReason,
    Enrolment,
    EnrolmentStatus,
    Stand,
)
from coldframe.domain.errors import Elapsed, Left, NotYet, Outdated, Parked, SuppressedContact
from coldframe.domain.journey import MIGRATE, STOPPED, Journey, Step

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Playbook
    from coldframe.services.ports.steps import Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCommand:
    lead: str
    enrolment: str
    generation: int
    journey: str
    step: str
    token: str | None = None
    """The task token of a step that waits for an event."""
    stuck: str | None = None
    """The error's name, when the run could not go on at ``step``."""
    then: str = ""
    """What the run's machine was made for to follow the step; empty: it doesn't say."""
    version: str = ""
    """The version of the journey that the run was made for, where leads follow its edits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOutcome:
    """``resume_at`` in whole seconds, when a wait follows. Under a token nobody reads it."""

    resume_at: datetime | None = None
    to: str = ""
    """The step that follows, where there is a choice."""
    stuck: bool = False
    """The enrolment was marked so, for a person to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An enrolment, and the step at which its run is."""

    enrolment: Enrolment
    journey: Journey
    step: Step


def driven(enrolments: Enrolments, command: StepCommand) -> Enrolment:
    """The enrolment, if this run is still the one that drives it; else Left."""
    enrolment = enrolments.get(command.lead, command.enrolment)
    if (
        enrolment is None
        or enrolment.status is not EnrolmentStatus.OPEN
        or enrolment.generation != command.generation
    ):
        raise Left(command.enrolment)
    return enrolment


def entered(
    enrolments: Enrolments, playbook: Playbook, clock: Clock, command: StepCommand
) -> Standing:
    """Left when another run drives the enrolment, or the journey was stopped.

    Outdated when the run is of another version of the journey and can't, or shall not, go on.
    A run that was resumed shows that it stands: the enrolment leaves the due index. It waits as
    before until it says how it waits itself, so that no event comes to nobody.
    """
    enrolment = driven(enrolments, command)
    journey = playbook.journey(command.journey)
    if journey.status == STOPPED:
        enrolments.close(enrolment, EndReason.STOPPED, clock.now())
        raise Left(command.enrolment)
    step = _still_there(command, enrolment, journey)
    if enrolment.due_at is not None:
        waits = enrolment.waiting
        waiting = waits if waits and waits.step == step.id else None
        stand = Stand(step=step.id, at=clock.now(), waiting=waiting)
        enrolment = enrolments.stand(enrolment, stand)
    return Standing(enrolment=enrolment, journey=journey, step=step)


def _still_there(command: StepCommand, enrolment: Enrolment, journey: Journey) -> Step:
    """A run that knows no Wait after the step can't wait there, whatever its journey says now.

    A machine that is behind its playbook for long (a deployment that hangs) moves nobody.
    """
    step = journey.steps.get(command.step)
    if step is None or (command.then and command.then != step.then):
        raise Outdated(enrolment.id)
    moves = journey.edits == MIGRATE and command.version != journey.version
    if moves and enrolment.restarts < MOST_RESTARTS:
        raise Outdated(enrolment.id)
    return step


@contextmanager
def refusals_reported(waits: Waits, command: StepCommand) -> Iterator[None]:
    """Under a token nobody hears what is raised: a refusal is reported by its name instead."""
    try:
        yield
    except (NotYet, SuppressedContact, Left, Parked, Outdated, Elapsed) as refusal:
        if command.token is None:
            raise
        waits.fail(command.token, type(refusal).__name__, str(refusal))
