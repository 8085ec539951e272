"""A decision to enrol, carried out in a replay."""

from collections.abc import Sequence
from datetime import datetime

from coldframe.domain.decision import Decision
from coldframe.domain.drawing import policy_of
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.re_entry import Coming, once, passage


def begun(decision: Decision, held: Sequence[Enrolment]) -> Enrolment | None:
    """None: the lead is in it already, or may not come again. ``held``: all of its enrolments."""
    data, name = decision.data, _name(decision, held)
    if name is None or any(each.id == name for each in held):
        return None
    asked_at = data.get("requested_at")
    return Enrolment(
        lead=decision.lead,
        id=name,
        journey=decision.journey,
        status=EnrolmentStatus.OPEN,
        step=data["first"],
        since=decision.at,
        generation=1,
        started_at=decision.at,
        requested_at=datetime.fromisoformat(asked_at) if asked_at else decision.at,
        cause=decision.cause,
        depth=int(data.get("depth", "0")),
        key=data.get("key", ""),
    )


def _name(decision: Decision, held: Sequence[Enrolment]) -> str | None:
    policy = policy_of(decision.data)
    if once(policy):
        return decision.data["enrolment"]
    coming = Coming(
        lead=decision.lead,
        journey=decision.journey,
        cause=decision.cause,
        at=decision.at,
        key=decision.data.get("key", ""),
    )
    return passage(coming, policy, held)
