"""Third pass, second half: a journey's steps as a Step Functions machine that a person can read.

Every transition is paid for: a state either does something or waits, none only carries data.
"""

from collections.abc import Mapping
from typing import Any, Final

from coldframe.domain.errors import Left, NotYet, StaleLead, SuppressedContact, Throttled, Transient
from coldframe.domain.playbook import Journey, Step, WaitFor

State = dict[str, Any]
States = dict[str, State]

ENTER: Final = "Enter"
UNKNOWN: Final = "Unknown step"
STUCK: Final = "Stuck"
LEFT: Final = "Left"
SEND, DECIDE, HAND_OFF = "${SendMessageArn}", "${DecideArn}", "${HandOffArn}"

_FUNCTIONS: Final = {"send": SEND, "hand_off": HAND_OFF}
_MAILING: Final = frozenset(_FUNCTIONS)
"""Kinds whose Task may answer *not yet*."""

_INVOKE: Final = "arn:aws:states:::lambda:invoke"
_INPUT: Final = "$states.context.Execution.Input"

_RETRY: Final[State] = {
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


_UNTIL_IT_IS_KNOWN: Final[State] = {
    "ErrorEquals": ["States.ALL"],
    "IntervalSeconds": 2,
    "BackoffRate": 2.0,
    "MaxAttempts": 100,
    "MaxDelaySeconds": 900,
    "JitterStrategy": "FULL",
}
"""A run that got stuck says so, if it takes all day: nobody hears of one that just fails."""


def machine(journey: Journey) -> State:
    """The definition, with ``${…Arn}`` holes for the functions of the client's stack."""
    states: States = {ENTER: _enter(journey)}
    for step in journey.steps.values():
        states.update(_step(step, journey))
    return {
        "Comment": journey.title,
        "QueryLanguage": "JSONata",
        "StartAt": ENTER,
        "States": {**states, **_endings(journey)},
    }


def _enter(journey: Journey) -> State:
    """Every run begins where its enrolment stands: a first one at the first step."""
    rules = [
        {"Condition": f"{{% $states.input.step = '{name}' %}}", "Next": target}
        for name, target in [("", journey.first), *((step, step) for step in journey.steps)]
    ]
    return {"Type": "Choice", "Choices": rules, "Default": UNKNOWN}


def _step(step: Step, journey: Journey) -> States:
    states = {step.id: _task(step, journey)}
    if step.wait is not None and step.next is not None:
        states[f"Wait {step.id}"] = {
            "Type": "Wait",
            "Timestamp": "{% $states.input.resume_at %}",
            "Next": step.next,
        }
    if step.kind in _MAILING:
        states[f"Not yet: {step.id}"] = {
            "Type": "Wait",
            "Timestamp": "{% $until %}",
            "Next": step.id,
        }
    return states


def _task(step: Step, journey: Journey) -> State:
    payload = _payload(journey, step=step.id)
    function = _FUNCTIONS.get(step.kind, DECIDE)
    if step.wait_for is not None:
        return _waiting_task(step, step.wait_for, function=function, payload=payload)
    following = f"Wait {step.id}" if step.wait is not None else step.next
    return {
        "Type": "Task",
        "Resource": _INVOKE,
        "Arguments": {"FunctionName": function, "Payload": payload},
        "Output": "{% $states.result.Payload %}",
        "Retry": [_RETRY],
        "Catch": _catch(step, cause="$parse($states.errorOutput.Cause).errorMessage"),
        **({"Next": following} if following else {"End": True}),
    }


def _waiting_task(
    step: Step, wait_for: WaitFor, *, function: str, payload: Mapping[str, object]
) -> State:
    """Sends, if it sends, and waits for the event under a token: all in one transition."""
    timeout: State = {
        "ErrorEquals": ["States.Timeout"],
        "Output": {},
        "Next": wait_for.otherwise,
    }
    return {
        "Type": "Task",
        "Resource": f"{_INVOKE}.waitForTaskToken",
        "TimeoutSeconds": _limit(step.id, wait_for.limit),
        "Arguments": {
            "FunctionName": function,
            "Payload": {**payload, "token": "{% $states.context.Task.Token %}"},
        },
        "Output": {},
        "Retry": [_RETRY],
        "Catch": [timeout, *_catch(step, cause="$states.errorOutput.Cause")],
        "Next": wait_for.then,
    }


def _limit(step: str, limit: int) -> str:
    """A run that resumes inside the wait is given what remains of it."""
    resumed = f"$exists({_INPUT}.timeout) and {_INPUT}.step = '{step}'"
    return f"{{% {resumed} ? {_INPUT}.timeout : {limit} %}}"


def _payload(journey: Journey, *, step: str) -> dict[str, object]:
    ids = {name: f"{{% {_INPUT}.{name} %}}" for name in ("lead", "enrolment", "generation")}
    return {"v": 1, **ids, "journey": journey.journey, "step": step}


def _catch(step: Step, *, cause: str) -> list[State]:
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
    return [*([not_yet] if step.kind in _MAILING else []), left, anything]


def _endings(journey: Journey) -> States:
    stuck = {**_payload(journey, step="{% $step %}"), "stuck": "{% $error %}"}
    return {
        LEFT: {"Type": "Succeed"},
        UNKNOWN: {
            "Type": "Pass",
            "Assign": {"step": "{% $states.input.step %}", "error": "UnknownStep"},
            "Next": STUCK,
        },
        STUCK: {
            "Type": "Task",
            "Resource": _INVOKE,
            "Arguments": {"FunctionName": DECIDE, "Payload": stuck},
            "Output": {},
            "Retry": [_UNTIL_IT_IS_KNOWN],
            "End": True,
        },
    }
