"""Where a lead stands in one journey."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from coldframe.domain.instants import text_of
from coldframe.domain.touchpoint import short_hash


class EnrolmentStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    STUCK = "stuck"


class EndReason(StrEnum):
    COMPLETED = "completed"
    CONVERTED = "converted"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A mail (or notice) that a step reserved: ``message`` is the id of its message item."""

    mail: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A run that waits for an event under a task token."""

    step: str
    token: str
    since: datetime
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One lead's passage through one journey; an execution is disposable, this is not."""

    lead: str
    id: str
    journey: str
    status: EnrolmentStatus
    step: str
    since: datetime
    generation: int
    started_at: datetime
    requested_at: datetime
    """When the lead asked: a requested mail may go unless the lead opted out after this."""
    reason: str = ""
    ended_at: datetime | None = None
    waiting: Waiting | None = None
    claims: Mapping[str, Claim] = field(default_factory=dict)
    """By claim key: the mail's name, or ``hand_off:<step>``."""


def enrolment_id(lead: str, journey: str) -> str:
    """The id of the one enrolment of a journey that is entered once."""
    return short_hash("enrolment", lead, journey)


def message_id(enrolment: str, claim: str) -> str:
    """The message that an enrolment's claim stands for, whatever the run or retry."""
    return short_hash("message", enrolment, claim)


def recipient_id(broadcast: str, scheduled_at: datetime, lead: str) -> str:
    """What stands for an enrolment when a broadcast's mail goes to one lead: once per instant."""
    return short_hash("recipient", broadcast, text_of(scheduled_at), lead)


def run_name(enrolment: str, generation: int) -> str:
    """The execution's name: starting twice is starting once."""
    return f"{enrolment}-{generation}"
