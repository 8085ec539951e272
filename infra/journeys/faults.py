"""What a machine does when a step can't be done: again, later, elsewhere, or never."""

from typing import Any, Final

from coldframe.domain.errors import (
    Left,
    NotYet,
    Parked,
    StaleLead,
    SuppressedContact,
    Throttled,
    Transient,
)
from coldframe.domain.journey import Step
from infra.journeys.pauses import LONGEST_RUN

State = dict[str, Any]

STUCK: Final = "Stuck"
LEFT: Final = "Left"
PARKED: Final = "Parked"
MAILING: Final = frozenset({"send", "text", "hand_off", "notify"})
"""Kinds whose Task may answer *not yet*."""

RETRY: Final[State] = {
    "ErrorEquals": [
        Transient.__name__,
        Throttled.__name__,
        StaleLead.__name__,
        "Lambda.ServiceException",
        "Lambda.AWSLambdaException",
        "Lambda.SdkClientException",
        "Lambda.TooManyRequestsException",
        "Lambda.ClientExecutionTimeoutException",
        "Lambda.Unknown",
        "Sandbox.Timedout",
    ],
    "IntervalSeconds": 2,
    "BackoffRate": 2.0,
    "MaxAttempts": 12,
    "MaxDelaySeconds": 300,
    "JitterStrategy": "FULL",
}


UNTIL_IT_IS_KNOWN: Final[State] = {
    "ErrorEquals": ["States.ALL"],
    "IntervalSeconds": 2,
    "BackoffRate": 2.0,
    "MaxAttempts": 100,
    "MaxDelaySeconds": 900,
    "JitterStrategy": "FULL",
}
"""A run that got stuck says so, if it takes all day: nobody hears of one that just fails."""


def catches(step: Step, *, cause: str) -> list[State]:
    not_yet = {
        "ErrorEquals": [NotYet.__name__],
        "Assign": {"until": f"{{% {cause} %}}"},
        "Output": {},
        "Next": f"Not yet: {step.id}",
    }
    left = {
        "ErrorEquals": [SuppressedContact.__name__, Left.__name__],
        "Output": {},
        "Next": LEFT,
    }
    anything = {
        "ErrorEquals": ["States.ALL"],
        "Assign": {"step": step.id, "error": "{% $states.errorOutput.Error %}"},
        "Output": {},
        "Next": STUCK,
    }
    parked = {"ErrorEquals": [Parked.__name__], "Output": {}, "Next": PARKED}
    return [
        *([not_yet] if step.kind in MAILING else []),
        left,
        *([parked] if may_park(step) else []),
        anything,
    ]


def may_park(step: Step) -> bool:
    if step.wait_for is not None:
        return step.wait_for.limit > LONGEST_RUN.total_seconds()
    return step.wait is not None and step.wait.may_park
