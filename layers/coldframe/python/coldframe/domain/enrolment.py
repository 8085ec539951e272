"""Where a lead stands in one journey."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from coldframe.domain.instants import text_of
from coldframe.domain.touchpoint import short_hash

TO_STAND = timedelta(minutes=15)
"""A resumed run has so long to come to its step; then it is resumed once more."""
MOST_RESTARTS = 5
"""So many runs in a row may fail to go on at a step; then it is stuck."""


class EnrolmentStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    STUCK = "stuck"


class EndReason(StrEnum):
    COMPLETED = "completed"
    CONVERTED = "converted"
    SUPPRESSED = "suppressed"
    EXITED = "exited"
    STOPPED = "stopped"
    """The journey itself was stopped."""
    MERGED = "merged"
    """The lead turned out to be one that is in the journey already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A mail (or notice) that a step reserved: ``message`` is the id of its message item."""

    mail: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Why a step took the way it did."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a wait's own expression came to when it was asked; a new run doesn't ask it again."""

    until: datetime | None = None
    """When a wait that is computed ends."""
    answered: bool = False
    """Of a wait for an event: one came, and its condition held."""
    version: str = ""
    """The journey's; where leads follow its edits, another version asks anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A run that waits for an event under a task token; without one, it is parked."""

    step: str
    token: str
    since: datetime
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A step that is entered: what the enrolment records of it, in one write.

    ``at`` dates the step when it is new. What isn't said here is over: a wait for an event, a
    parking, a place in the due index.
    """

    step: str
    at: datetime
    waiting: Waiting | None = None
    parked_until: datetime | None = None
    arm: str = ""
    because: str = ""
    """The first arm that is recorded, and why, stay."""
    restarts: int = 0
    """How many runs have failed to go on here, if one just did."""


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
    """By claim key: the mail's name (with its round), or what and where: ``notify:<step>``."""
    arms: Mapping[str, str] = field(default_factory=dict)
    """Branch → the arm that was taken, decided once."""
    because: Mapping[str, Because] = field(default_factory=dict)
    """Step → why it went that way."""
    asked: Mapping[str, Asked] = field(default_factory=dict)
    """Step → what its wait came to."""
    parked_until: datetime | None = None
    """No run drives it: the due index resumes it then."""
    due_at: datetime | None = None
    """In the due index: parked, or resumed by a run that hasn't come to a step yet."""
    cause: str = ""
    """The touchpoint by which the lead came in."""
    depth: int = 0
    """That touchpoint's: what the journey itself brings about is one deeper."""
    key: str = ""
    """What tells this passage from others of the same journey at the same time."""
    version: str = ""
    """The journey's, when the run began that drives it."""
    restarts: int = 0
    """Runs in a row that were made for another version, and couldn't go on at this step."""


def enrolment_id(lead: str, journey: str) -> str:
    """The id of the first passage, and the only one of a journey that is entered once."""
    return short_hash("enrolment", lead, journey)


def passage_id(lead: str, journey: str, *, key: str = "", number: int = 1) -> str:
    """The id of the lead's nth passage under this key, counted from 1."""
    if not key and number == 1:
        return enrolment_id(lead, journey)
    return short_hash("enrolment", lead, journey, key, str(number))


def message_id(enrolment: str, claim: str) -> str:
    """The message that an enrolment's claim stands for, whatever the run or retry."""
    return short_hash("message", enrolment, claim)


def recipient_id(broadcast: str, scheduled_at: datetime, lead: str) -> str:
    """What stands for an enrolment when a broadcast's mail goes to one lead: once per instant."""
    return short_hash("recipient", broadcast, text_of(scheduled_at), lead)


def run_name(enrolment: str, generation: int) -> str:
    """The execution's name: starting twice is starting once."""
    return f"{enrolment}-{generation}"
