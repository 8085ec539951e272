"""Third pass, second half: a journey's steps as a Step Functions machine that a person can read.

Every transition is paid for: a state either does something or waits, none only carries data.
"""

from collections.abc import Mapping
from typing import Final

from coldframe.domain.errors import Elapsed
from coldframe.domain.journey import MIGRATE, Journey, Step
from coldframe.domain.journey_steps import Branch, Split, WaitFor
from infra.journeys.faults import (
    LEFT,
    MAILING,
    PARKED,
    RETRY,
    STUCK,
    UNTIL_IT_IS_KNOWN,
    State,
    catches,
    may_park,
)

States = dict[str, State]

ENTER: Final = "Enter"
UNKNOWN: Final = "Unknown step"
SEND, DECIDE, HAND_OFF = "${SendMessageArn}", "${DecideArn}", "${HandOffArn}"
CALL_WEBHOOK: Final = "${CallWebhookArn}"
FUNCTIONS: Final = frozenset({SEND, DECIDE, HAND_OFF, CALL_WEBHOOK})

_FUNCTIONS: Final = {
    "send": SEND,
    "text": SEND,
    "hand_off": HAND_OFF,
    "notify": HAND_OFF,
    "webhook": CALL_WEBHOOK,
}
"""All other kinds are decided."""

_INVOKE: Final = "arn:aws:states:::lambda:invoke"
_INPUT: Final = "$states.context.Execution.Input"


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
    if isinstance(step.action, Split):
        return {step.id: _split(step, step.action, journey)}
    states = {step.id: _task(step, journey), **_forks(step)}
    if step.wait is not None:
        states[f"Wait {step.id}"] = {
            "Type": "Wait",
            "Timestamp": "{% $states.input.resume_at %}",
            "Next": step.next,
        }
    if step.kind in MAILING:
        states[f"Not yet: {step.id}"] = {
            "Type": "Wait",
            "Timestamp": "{% $until %}",
            "Next": step.id,
        }
    return states


def _split(step: Step, split: Split, journey: Journey) -> State:
    """By the lead alone: no function is called to fall into the same share again."""
    drawn = f"$substring($hash({_INPUT}.lead & '/{journey.journey}/{step.id}', 'SHA-256'), 0, 8)"
    rules = [
        {"Condition": f"{{% {drawn} < '{share.below}' %}}", "Next": share.to}
        for share in split.shares[:-1]
    ]
    last = split.shares[-1].to
    if not rules:
        return {"Type": "Pass", "Next": last}
    return {"Type": "Choice", "Choices": rules, "Default": last}


def _forks(step: Step) -> States:
    """The Choice behind a branch, or behind a wait that may leave out what follows it."""
    name = f"Which way: {step.id}"
    if isinstance(step.action, Branch):
        targets = dict.fromkeys(arm.to for arm in step.action.arms)
        rules = [
            {"Condition": f"{{% $states.input.to = '{target}' %}}", "Next": target}
            for target in targets
        ]
        return {name: {"Type": "Choice", "Choices": rules, "Default": UNKNOWN}}
    if step.wait and step.wait.skip_to:
        skipped = {"Condition": "{% $exists($states.input.to) %}", "Next": step.wait.skip_to}
        return {name: {"Type": "Choice", "Choices": [skipped], "Default": f"Wait {step.id}"}}
    return {}


def _task(step: Step, journey: Journey) -> State:
    payload = {**_payload(journey, step=step.id), "then": step.then, **_version(journey)}
    function = _FUNCTIONS.get(step.kind, DECIDE)
    if step.wait_for is not None:
        return _waiting_task(step, step.wait_for, function=function, payload=payload)
    following = _following(step)
    return {
        "Type": "Task",
        "Resource": _INVOKE,
        "Arguments": {"FunctionName": function, "Payload": payload},
        "Output": _output(step),
        "Retry": [RETRY],
        "Catch": catches(step, cause="$parse($states.errorOutput.Cause).errorMessage"),
        **({"Next": following} if following else {"End": True}),
    }


def _following(step: Step) -> str | None:
    if isinstance(step.action, Branch) or (step.wait and step.wait.skip_to):
        return f"Which way: {step.id}"
    return f"Wait {step.id}" if step.wait is not None else step.next


def _output(step: Step) -> str | State:
    if isinstance(step.action, Branch):
        return {"step": step.id, "to": "{% $states.result.Payload.to %}"}
    return "{% $states.result.Payload %}"


def _waiting_task(
    step: Step, wait_for: WaitFor, *, function: str, payload: Mapping[str, object]
) -> State:
    """Sends, if it sends, and waits for the event under a token: all in one transition."""
    timeout: State = {
        "ErrorEquals": ["States.Timeout", Elapsed.__name__],
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
        "Retry": [RETRY],
        "Catch": [timeout, *catches(step, cause="$states.errorOutput.Cause")],
        "Next": wait_for.then,
    }


def _limit(step: str, limit: int) -> str:
    """A run that resumes inside the wait is given what remains of it."""
    resumed = f"$exists({_INPUT}.timeout) and {_INPUT}.step = '{step}'"
    return f"{{% {resumed} ? {_INPUT}.timeout : {limit} %}}"


def _payload(journey: Journey, *, step: str) -> dict[str, object]:
    ids = {name: f"{{% {_INPUT}.{name} %}}" for name in ("lead", "enrolment", "generation")}
    return {"v": 1, **ids, "journey": journey.journey, "step": step}


def _version(journey: Journey) -> dict[str, object]:
    """So that a run whose lead follows edits shows, at its next step, that it is of an old one."""
    return {"version": journey.version} if journey.edits == MIGRATE else {}


def _endings(journey: Journey) -> States:
    stuck = {**_payload(journey, step="{% $step %}"), "stuck": "{% $error %}"}
    return {
        LEFT: {"Type": "Succeed"},
        **({PARKED: {"Type": "Succeed"}} if any(map(may_park, journey.steps.values())) else {}),
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
            "Retry": [UNTIL_IT_IS_KNOWN],
            "End": True,
        },
    }
