"""A compiled journey, read back as what it was written from.

What a step does is told by its `do`, what it waits for by the `wait` of its pause.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from coldframe.domain.conditions.nodes import Condition
from coldframe.domain.conditions.stored import condition_from_json
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import Goal, Journey, ReEntry, Step, Window
from coldframe.domain.journey_steps import (
    Action,
    Arm,
    Branch,
    CallWebhook,
    DateMark,
    EnrolIn,
    GiveScore,
    HandOff,
    Leave,
    LocalTime,
    Notify,
    Pass,
    Pause,
    Send,
    SendText,
    SetFields,
    Share,
    Split,
    StopMarketing,
    Wait,
    WaitFor,
)

Json = Mapping[str, Any]


def condition_or_none(held: Json | None) -> Condition | None:
    return condition_from_json(held) if held else None


def re_entry_of(held: Json) -> ReEntry:
    return ReEntry(**held)


def journey_of(held: Json) -> Journey:
    window, goal = held["send_window"], held["goal"]
    return Journey(
        **{
            **held,
            "steps": {name: _step(each) for name, each in held["steps"].items()},
            "send_window": _weekly(Window, window) if window else None,
            "goal": Goal(**{**goal, "when": EventMatch(**goal["when"])}) if goal else None,
            "re_enter": re_entry_of(held["re_enter"]),
            "retired": tuple(held["retired"]),
            "below": tuple(held["below"]),
        }
    )


def _step(held: Json) -> Step:
    action, pause = dict(held["action"]), held["pause"]
    do = action.pop("do")
    return Step(
        **{
            **held,
            "action": _ACTIONS[do](action),
            "pause": _pause(pause) if pause else None,
            "holdouts": tuple(held["holdouts"]),
        }
    )


def _pause(held: Json) -> Pause:
    told = dict(held)
    return _wait_for(told) if told.pop("wait") == "event" else _wait(told)


def _wait(held: Json) -> Wait:
    until, date = held["until"], held["date"]
    return Wait(
        **{
            **held,
            "computed": condition_or_none(held["computed"]),
            "until": _weekly(LocalTime, until) if until else None,
            "date": DateMark(**date) if date else None,
        }
    )


def _wait_for(held: Json) -> WaitFor:
    when, condition = EventMatch(**held["when"]), condition_or_none(held["condition"])
    return WaitFor(**{**held, "when": when, "condition": condition})


def _weekly(kind: Callable[..., Any], held: Json) -> Any:  # noqa: ANN401 - whichever kind was asked for
    return kind(**{**held, "weekdays": tuple(held["weekdays"])})


def _branch(held: Json) -> Branch:
    arms = (Arm(**{**each, "when": condition_or_none(each["when"])}) for each in held["arms"])
    return Branch(arms=tuple(arms))


def _split(held: Json) -> Split:
    return Split(**{**held, "shares": tuple(Share(**each) for each in held["shares"])})


def _set_fields(held: Json) -> SetFields:
    """A value that is a table is an expression."""
    return SetFields(
        values={
            name: condition_from_json(value) if isinstance(value, Mapping) else value
            for name, value in held["values"].items()
        }
    )


_ACTIONS: Final[Mapping[str, Callable[[Json], Action]]] = {
    "send": lambda held: Send(**held),
    "text": lambda held: SendText(**held),
    "branch": _branch,
    "split": _split,
    "set": _set_fields,
    "score": lambda held: GiveScore(**held),
    "stop_marketing": lambda held: StopMarketing(**held),
    "notify": lambda held: Notify(**held),
    "hand_off": lambda held: HandOff(**held),
    "webhook": lambda held: CallWebhook(**held),
    "enrol": lambda held: EnrolIn(**held),
    "exit": lambda held: Leave(**held),
    "pass": lambda _held: Pass(),
}
