"""A decision to enrol, carried out in a replay."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from coldframe.domain.decision import Decision
from coldframe.domain.drawing import policy_of
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.exits import exit_among
from coldframe.domain.playbook import Reactions
from coldframe.domain.re_entry import Coming, once, passage
from coldframe.domain.touchpoint import Touchpoint


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


def overtaking(
    decision: Decision, enrolment: Enrolment, rules: Reactions, seen: Iterable[Touchpoint]
) -> Touchpoint | None:
    """An exit that came before the passage with its key: whoever carries that out looks for it."""
    if not policy_of(decision.data).key:
        return None
    found = exit_among(seen, rules.exits, enrolment)
    return found[1] if found else None
