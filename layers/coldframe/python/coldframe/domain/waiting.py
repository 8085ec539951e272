"""Which events answer a wait: since when they count, and whom they concern."""

from collections.abc import Iterable
from datetime import datetime

from coldframe.domain.enrolment import Enrolment
from coldframe.domain.playbook import Step, WaitFor
from coldframe.domain.react import concerns, matches
from coldframe.domain.touchpoint import Touchpoint


def counts_from(wait: WaitFor, step: Step, enrolment: Enrolment, *, entered: datetime) -> datetime:
    """``entered``: when this step's mail was claimed, or the step was first entered."""
    if wait.since == "enrolment":
        return enrolment.started_at
    if wait.since == "send":
        claim = enrolment.claims.get(step.mail or wait.when.where.get("mail", ""))
        return claim.at if claim else entered
    return entered


def answer_among(
    touchpoints: Iterable[Touchpoint], wait: WaitFor, *, enrolment: str, since: datetime
) -> Touchpoint | None:
    """The earliest event that ends the wait, if it came already."""
    answers = [
        each
        for each in touchpoints
        if each.occurred_at >= since and matches(wait.when, each) and concerns(each, enrolment)
    ]
    return min(answers, key=lambda each: (each.occurred_at, each.id), default=None)
