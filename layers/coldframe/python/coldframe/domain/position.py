"""Where a lead stands between two moves of a journey, and what it did in a move."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from coldframe.domain.enrolment import Enrolment


class Deed(StrEnum):
    """What happened at a step."""

    MAILED = "mailed"
    WITHHELD = "withheld"
    """Not this mail, or text, to this lead; the journey went on."""
    PUT_OFF = "put off"
    TEXTED = "texted"
    DECIDED = "decided"
    DREW = "drew"
    """A split: the share that the lead fell into."""
    FIELDS_SET = "set"
    SCORED = "scored"
    STOPPED = "stopped"
    """No marketing goes to the lead any more."""
    NOTIFIED = "notified"
    HANDED_OFF = "handed off"
    CALLED = "called"
    ENROLLED = "enrolled"
    LEFT_OUT = "left out"
    """Nothing is set, given or begun for a lead that is held out."""
    WAITS = "waits"
    ANSWERED = "answered"
    """An event that was waited for came."""
    SKIPPED = "skipped"
    """A date was past: the step after the wait is left out."""
    CLOSED = "closed"


Value: TypeAlias = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    deed: Deed
    step: str
    at: datetime
    what: str = ""
    """The mail, arm, share, journey, webhook, person or reason that it is about."""
    why: str = ""
    until: datetime | None = None
    """Put off or waiting: the latest instant at which it goes on."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """The fields set, the points given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """All that must be kept between two moves; data only, fit for JSON."""

    enrolment: Enrolment
    paused: bool = False
    """The step has been done; what follows it is waited for. False: the step is yet to be done."""
    due: datetime | None = None
    """When it goes on by itself; None: as soon as it can."""
    began: datetime | None = None
    """When the wait began."""
    counts_from: datetime | None = None
    """Events from then on answer the wait."""
    dated: str = ""
    """What the lead's date was when the wait for it was computed."""
