"""What a journey's run asks of us at a step, and what it hears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import EndReason, Enrolment, EnrolmentStatus, Stand
from coldframe.domain.errors import Left, NotYet, Parked, SuppressedContact
from coldframe.domain.journey import STOPPED, Journey, Step

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Playbook
    from coldframe.services.step_ports import Waits


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOutcome:
    """``resume_at`` in whole seconds, when a wait follows. Under a token nobody reads it."""

    resume_at: datetime | None = None
    to: str = ""
    """The step that follows, where there is a choice."""


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

    A run that was resumed shows that it stands: the enrolment leaves the due index.
    """
    enrolment = driven(enrolments, command)
    journey = playbook.journey(command.journey)
    if journey.status == STOPPED:
        enrolments.close(enrolment, EndReason.STOPPED, clock.now())
        raise Left(command.enrolment)
    if command.step not in journey.steps:
        _move(enrolments, enrolment, journey, step=command.step, now=clock.now())
    step = journey.steps[command.step]
    if enrolment.due_at is not None:
        enrolment = enrolments.stand(enrolment, Stand(step=step.id, at=clock.now()))
    return Standing(enrolment=enrolment, journey=journey, step=step)


def _move(
    enrolments: Enrolments, enrolment: Enrolment, journey: Journey, *, step: str, now: datetime
) -> None:
    """Left if an edit put another step in its place: the due index resumes the lead there."""
    target = journey.moved.get(step)
    if target is not None and target in journey.steps:
        enrolments.stand(enrolment, Stand(step=target, at=now, parked_until=now))
        raise Left(enrolment.id)


@contextmanager
def refusals_reported(waits: Waits, command: StepCommand) -> Iterator[None]:
    """Under a token nobody hears what is raised: a refusal is reported by its name instead."""
    try:
        yield
    except (NotYet, SuppressedContact, Left, Parked) as refusal:
        if command.token is None:
            raise
        waits.fail(command.token, type(refusal).__name__, str(refusal))
