"""What a journey's run asks of us at a step, and what it hears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.errors import Left, NotYet, SuppressedContact
from coldframe.domain.playbook import WaitFor
from coldframe.domain.waiting import answer_among

if TYPE_CHECKING:
    from coldframe.services.ports import Enrolments, Touchpoints, Waits


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


def standing(enrolments: Enrolments, command: StepCommand) -> Enrolment:
    """The enrolment, if this run is still the one that drives it; else Left."""
    enrolment = enrolments.get(command.lead, command.enrolment)
    if (
        enrolment is None
        or enrolment.status is not EnrolmentStatus.OPEN
        or enrolment.generation != command.generation
    ):
        raise Left(command.enrolment)
    return enrolment


@contextmanager
def refusals_reported(waits: Waits, command: StepCommand) -> Iterator[None]:
    """Under a token nobody hears what is raised: a refusal is reported by its name instead."""
    try:
        yield
    except (NotYet, SuppressedContact, Left) as refusal:
        if command.token is None:
            raise
        waits.fail(command.token, type(refusal).__name__, str(refusal))


def answer_if_it_came(
    touchpoints: Touchpoints, waits: Waits, command: StepCommand, wait: WaitFor, *, since: datetime
) -> None:
    """One consistent look, after the token is stored: an event can't slip between the two."""
    if command.token is None:
        return
    found = answer_among(
        touchpoints.since(command.lead, since), wait, enrolment=command.enrolment, since=since
    )
    if found:
        waits.succeed(command.token, {"event": found.kind})
