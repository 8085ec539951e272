"""Which events answer a wait: since when they count, whom they concern, and how long it lasts."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from coldframe.domain.enrolment import Claim, Enrolment, Waiting
from coldframe.domain.journey import Step
from coldframe.domain.journey_steps import Send, SendText, WaitFor
from coldframe.domain.message import NOTICES, WEBHOOK
from coldframe.domain.react import concerns, matches
from coldframe.domain.touchpoint import Touchpoint

LONGEST_RUN: Final = timedelta(days=30)
"""What takes longer is waited for without a run."""


def counts_from(wait: WaitFor, step: Step, enrolment: Enrolment, *, entered: datetime) -> datetime:
    """``entered``: when this step's own effect was claimed, or the step was first entered.

    A step that sends waits since its own mail; any other since the last mail sent before it, or
    since the one that the wait is about. What else a step claims makes no difference.
    """
    if wait.since == "enrolment":
        return enrolment.started_at
    if wait.since == "now":
        return entered
    if isinstance(step.action, Send | SendText):
        own = enrolment.claims.get(step.claim)
        return own.at if own else entered
    about = wait.when.where.get("mail")
    mails = (claim for claim in enrolment.claims.values() if _goes_to_the_lead(claim))
    return max((claim.at for claim in mails if about in (None, claim.mail)), default=entered)


def _goes_to_the_lead(claim: Claim) -> bool:
    return claim.mail not in NOTICES and not claim.mail.startswith(WEBHOOK)


def waiting_for(
    step: Step,
    enrolment: Enrolment,
    *,
    token: str,
    entered: datetime,
    begun: datetime,
    now: datetime,
) -> Waiting | None:
    """What is recorded of the wait; it holds no token if it is to be parked.

    ``begun``: from when on its limit runs.
    """
    wait = step.wait_for
    if wait is None:
        return None
    return Waiting(
        step=step.id,
        token="" if parks(wait, begun=begun, now=now) else token,
        since=counts_from(wait, step, enrolment, entered=entered),
        generation=enrolment.generation,
    )


def ends_at(wait: WaitFor, *, begun: datetime) -> datetime:
    return begun + timedelta(seconds=wait.limit)


def parks(wait: WaitFor, *, begun: datetime, now: datetime) -> bool:
    return ends_at(wait, begun=begun) - now > LONGEST_RUN


def answer_among(
    touchpoints: Iterable[Touchpoint],
    wait: WaitFor,
    *,
    enrolment: Enrolment,
    key: str,
    since: datetime,
    until: datetime | None = None,
) -> Touchpoint | None:
    """The earliest event that ends the wait, if it came already, and not after ``until``.

    ``key``: the property of events that names a passage of the journey.
    """
    answers = [
        each
        for each in touchpoints
        if since <= each.occurred_at <= (until or each.occurred_at)
        and matches(wait.when, each)
        and concerns(each, enrolment, key=key)
    ]
    return min(answers, key=lambda each: (each.occurred_at, each.id), default=None)
