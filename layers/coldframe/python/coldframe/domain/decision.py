"""Consequences drawn from a touchpoint: stored as items, then carried out; each may be done twice.

- *enrol*: puts the enrolment if there is none and starts its run by name: starting twice is
  starting once.
- *exit*: closes the lead's open enrolments of a journey (all of them for ``*``); closing a closed
  one changes nothing, and stopping its run only saves money.
- *resolve*: answers the task tokens that wait for this event; an answered or stale token is a
  benign error; who waits without a token is resumed.
- *mail*: a mail of ours that the lead asked for goes out, once per cause: its claim sees to it.
- *retime*: resumes the enrolments that wait at a step for a date that became another; a newer run
  takes over from an older.
- *join*: of two passages of one journey that a merged person is in, the later is closed; closing a
  closed one changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class DecisionKind(StrEnum):
    ENROL = "enrol"
    EXIT = "exit"
    RESOLVE = "resolve"
    RETIME = "retime"
    MAIL = "mail"
    JOIN = "join"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """``id`` is ``<touchpoint id>#<kind>#<subject>``: the same cause decides the same thing."""

    lead: str
    id: str
    kind: DecisionKind
    cause: str
    """The causing touchpoint's id."""
    at: datetime
    """The causing touchpoint's ``occurred_at``."""
    journey: str
    data: Mapping[str, str] = field(default_factory=dict)
    """enrol: first, depth, and how leads may re-enter · exit: reason, then, and what was entered
    before · resolve: step, event, the enrolment if one alone is concerned, and whether a
    condition was asked · retime: step"""
