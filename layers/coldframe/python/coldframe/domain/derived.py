"""What a journey's own steps bring about: touchpoints, one deeper than what brought the lead in.

Their ids derive from the enrolment and the step, and their instants are recorded ones: a step
that is entered again appends the same.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from coldframe.domain.conditions.nodes import Scalar
from coldframe.domain.deciding import as_fields
from coldframe.domain.enrolment import Enrolment
from coldframe.domain.instants import text_of
from coldframe.domain.journey_steps import GiveScore, StopMarketing
from coldframe.domain.touchpoint import (
    FIELDS_SET,
    JOURNEY_REQUESTED,
    MARKETING_STOPPED,
    SCORE_GIVEN,
    Touchpoint,
    record,
)

SOURCE: Final = "journey"


def fields_set(
    enrolment: Enrolment, values: Mapping[str, Scalar], *, step: str, at: datetime, now: datetime
) -> Touchpoint:
    data = {"fields": as_fields(values)}
    return _derived(enrolment, FIELDS_SET, data, own=step, at=at, now=now)


def score_given(
    enrolment: Enrolment, action: GiveScore, *, step: str, at: datetime, now: datetime
) -> Touchpoint:
    data = {"points": action.points, "why": action.why, "journey": enrolment.journey}
    return _derived(enrolment, SCORE_GIVEN, data, own=step, at=at, now=now)


def marketing_stopped(
    enrolment: Enrolment, action: StopMarketing, *, step: str, at: datetime, now: datetime
) -> Touchpoint:
    data = {"why": action.why, "journey": enrolment.journey}
    return _derived(enrolment, MARKETING_STOPPED, data, own=step, at=at, now=now)


def journey_requested(
    enrolment: Enrolment, journey: str, *, own: str, at: datetime, now: datetime
) -> Touchpoint:
    """``own``: the step, or the ending, that asks for it. The lead asked when it came in first."""
    data = {
        "journey": journey,
        "by": enrolment.id,
        "requested_at": text_of(enrolment.requested_at),
    }
    return _derived(enrolment, JOURNEY_REQUESTED, data, own=own, at=at, now=now)


def _derived(
    enrolment: Enrolment,
    kind: str,
    data: Mapping[str, Any],
    *,
    own: str,
    at: datetime,
    now: datetime,
) -> Touchpoint:
    return record(
        lead=enrolment.lead,
        kind=kind,
        source=SOURCE,
        received_at=now,
        occurred_at=at,
        data=data,
        own_id=f"{enrolment.id}#{own}",
        depth=enrolment.depth + 1,
    )
