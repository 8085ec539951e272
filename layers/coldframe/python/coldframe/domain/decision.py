"""Consequences drawn from a touchpoint: stored as items, then carried out; each may be done twice.

- *enrol*: puts the enrolment if there is none and starts its run by name: starting twice is
  starting once.
- *exit*: closes the lead's open enrolments of a journey (all of them for ``*``); closing a closed
  one changes nothing, and stopping its run only saves money.
- *resolve*: answers the task tokens that wait for this event; an answered or stale token is a
  benign error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class DecisionKind(StrEnum):
    ENROL = "enrol"
    EXIT = "exit"
    RESOLVE = "resolve"


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
    """enrol: enrolment, first · exit: reason · resolve: step, event"""
