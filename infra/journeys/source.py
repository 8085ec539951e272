"""Steps as their author wrote them: a tree, each with its place in the file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

from coldframe.domain.conditions.nodes import Condition, Scalar
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey_steps import LocalTime
from infra.reading.nodes import Located
from infra.reading.problems import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyStep:
    id: str
    spot: Spot
    round: int = 0
    """Inside a `repeat`, once it is unrolled: 1, 2, …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Send(AnyStep):
    mail: Located[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendText(AnyStep):
    text: Located[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWait:
    field: Located[str]
    days: int
    minute: int
    if_past: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(AnyStep):
    """Until a duration (written out or computed) is over or a date is near, then the hour."""

    time: timedelta | None = None
    computed: Condition | None = None
    date: DateWait | None = None
    until: LocalTime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFor(AnyStep):
    event: Located[EventMatch] | None
    limit: Located[timedelta] | None
    since: Located[str] | None = None
    condition: Condition | None = None
    then: "tuple[Step, ...]" = ()
    otherwise: "tuple[Step, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """``when`` None: the way of all others (or a condition that couldn't be read)."""

    name: str
    spot: Spot
    when: Condition | None
    steps: "tuple[Step, ...]"
    is_else: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(AnyStep):
    arms: tuple[Arm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    name: str
    spot: Spot
    percent: int
    steps: "tuple[Step, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(AnyStep):
    shares: tuple[Share, ...]
    holdout: int = 0
    """Per cent of the leads who get requested mails only from here on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat(AnyStep):
    times: int
    until: Condition | None
    steps: "tuple[Step, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFields(AnyStep):
    values: Mapping[str, Scalar | Condition]


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveScore(AnyStep):
    points: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopMarketing(AnyStep):
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify(AnyStep):
    to: Located[str] | None
    text: str
    task: bool = False
    within: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff(AnyStep):
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWebhook(AnyStep):
    webhook: Located[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolIn(AnyStep):
    journey: Located[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(AnyStep):
    reason: Located[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread(AnyStep):
    """A step that couldn't be read: reported, and what depends on it stays unjudged."""


Pause: TypeAlias = Wait | WaitFor | None
Acting: TypeAlias = (
    Send
    | SendText
    | SetFields
    | GiveScore
    | StopMarketing
    | Notify
    | HandOff
    | CallWebhook
    | EnrolIn
)
Step: TypeAlias = Acting | Wait | WaitFor | Branch | Split | Repeat | Leave | Unread


def ways(step: Step) -> tuple[tuple[Step, ...], ...]:
    """The sequences of steps that hang under one."""
    match step:
        case WaitFor(then=then, otherwise=otherwise):
            return (then, otherwise)
        case Branch(arms=arms):
            return tuple(arm.steps for arm in arms)
        case Split(shares=shares):
            return tuple(share.steps for share in shares)
        case Repeat(steps=steps):
            return (steps,)
        case _:
            return ()


def with_ways(step: Step, change: Callable[[tuple[Step, ...]], tuple[Step, ...]]) -> Step:
    """The step with each sequence under it changed."""
    match step:
        case WaitFor():
            return replace(step, then=change(step.then), otherwise=change(step.otherwise))
        case Branch():
            return replace(
                step, arms=tuple(replace(arm, steps=change(arm.steps)) for arm in step.arms)
            )
        case Split():
            return replace(
                step,
                shares=tuple(replace(each, steps=change(each.steps)) for each in step.shares),
            )
        case Repeat():
            return replace(step, steps=change(step.steps))
        case _:
            return step


def every(steps: Sequence[Step]) -> Iterator[Step]:
    """All steps, those of the ways that part included."""
    for step in steps:
        yield step
        for way in ways(step):
            yield from every(way)


def paired(steps: Sequence[Step]) -> list[tuple[Step, Pause]]:
    """Each step, and for one that acts the pause right after it: one Task does both.

    Not behind a wait that may skip the step: its pause is waited for all the same.
    """
    pairs: list[tuple[Step, Pause]] = []
    for step in steps:
        if pairs and isinstance(step, Wait | WaitFor) and _takes(pairs):
            pairs[-1] = (pairs[-1][0], step)
        else:
            pairs.append((step, None))
    return pairs


def _takes(pairs: Sequence[tuple[Step, Pause]]) -> bool:
    step, pause = pairs[-1]
    before = pairs[-2] if len(pairs) > 1 else None
    skippable = before is not None and any(isinstance(p, Wait) and may_skip(p) for p in before)
    return isinstance(step, Acting) and pause is None and not skippable


def may_skip(wait: Wait) -> bool:
    return wait.date is not None and wait.date.if_past == "skip"
