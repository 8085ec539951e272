"""Third pass, first half: the tree as the steps that the runtime reads, back to front.

A step that acts takes the pause right after it into its own Task; any other is one of its own.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from functools import singledispatch

from coldframe.domain.journey import END, Goal, Journey, ReEntry, Step
from coldframe.domain.journey_steps import EnrolIn, Leave, WaitFor
from infra.journeys import source
from infra.journeys.actions import action_and_claim
from infra.journeys.checks import COMPLETED, NOTHING
from infra.journeys.forks import branch, split
from infra.journeys.journey_source import GoalSource, JourneySource
from infra.journeys.pauses import wait, wait_for


@dataclass(slots=True)
class Plan:
    """The steps so far; the last of the journey comes first."""

    steps: dict[str, Step] = field(default_factory=dict)

    def add(self, step: Step) -> str:
        self.steps[step.id] = step
        return step.id

    def end(self) -> str:
        """The step that only closes the enrolment, where a pause is the last thing on a path."""
        return self.add(Step(id=END, action=Leave(reason=COMPLETED)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What comes after a step."""

    next: str | None
    """The step that follows; None: nothing does."""
    skip: str | None = None
    """The one after that, for a wait that may leave what follows out."""
    holdouts: tuple[str, ...] = ()
    """The splits before the step that hold leads back."""

    def surely(self, found: Plan) -> str:
        return self.next or found.end()


def plan(journey: JourneySource) -> Journey:
    found = Plan()
    last = _what_follows(journey, found)
    first = _sequence(journey.steps, Behind(next=last), found) or found.end()
    made = Journey(
        journey=journey.journey,
        title=journey.title,
        first=first,
        steps=dict(reversed(found.steps.items())),
        why=journey.why,
        topic=journey.topic.value if journey.topic else "",
        owner=journey.owner.value if journey.owner else "",
        status=journey.status,
        priority=journey.priority,
        when_capped=journey.when_capped,
        send_window=journey.window.value if journey.window else None,
        goal=_goal(journey.goal),
        re_enter=journey.re_enter.value if journey.re_enter else ReEntry(),
        at_end={
            reason: follows.value
            for reason, follows in journey.at_end.items()
            if follows.value != NOTHING
        },
        edits=journey.edits,
        moved={step: target.value for step, target in journey.moved.items()},
    )
    return replace(made, version=version_of(made))


def version_of(journey: Journey) -> str:
    """Of all by which a lead's way and its waits are found; its title may change."""
    told = [journey.first, journey.topic, journey.moved, journey.send_window, journey.steps]
    text = json.dumps([_plain(each) for each in told], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(told: object) -> object:
    """As it is written for the runtime."""
    if isinstance(told, Mapping):
        return {name: _plain(each) for name, each in told.items()}
    return asdict(told) if is_dataclass(told) and not isinstance(told, type) else told


def _what_follows(journey: JourneySource, found: Plan) -> str | None:
    follows = journey.at_end.get(COMPLETED)
    if follows is None or follows.value == NOTHING:
        return None
    name = f"then {follows.value}"
    holdouts = tuple(each.id for each in journey.steps if _holds_back(each))
    return found.add(Step(id=name, action=EnrolIn(journey=follows.value), holdouts=holdouts))


def _holds_back(step: source.Step) -> bool:
    return isinstance(step, source.Split) and step.holdout > 0


def _goal(goal: GoalSource | None) -> Goal | None:
    if goal is None:
        return None
    within = int(goal.within.total_seconds())
    return Goal(when=goal.event.value, within=within, target=goal.target)


def _sequence(steps: Sequence[source.Step], behind: Behind, found: Plan) -> str | None:
    """The id of the first step; what comes after the last one if there is none."""
    pairs = source.paired(steps)
    held = _held(pairs, behind.holdouts)
    here, skip = behind.next, None
    for (step, pause), holdouts in reversed(list(zip(pairs, held, strict=True))):
        after = Behind(next=here, skip=skip or behind.next, holdouts=holdouts)
        here, skip = _emit(step, pause, after, found), here
    return here


def _held(
    pairs: Sequence[tuple[source.Step, source.Pause]], before: tuple[str, ...]
) -> list[tuple[str, ...]]:
    held = []
    for step, _ in pairs:
        held.append(before)
        if _holds_back(step):
            before = (*before, step.id)
    return held


@singledispatch
def _emit(step: source.Step, pause: source.Pause, behind: Behind, found: Plan) -> str | None:
    """Any step that acts."""
    action, claim = action_and_claim(step)
    made = Step(id=step.id, action=action, claim=claim, holdouts=behind.holdouts)
    return found.add(_paused(made, pause, behind, found))


def _paused(made: Step, pause: source.Pause, behind: Behind, found: Plan) -> Step:
    match pause:
        case source.WaitFor():
            return replace(made, pause=_waited_for(pause, behind, found))
        case source.Wait():
            following = behind.surely(found)
            skip = (behind.skip or found.end()) if source.may_skip(pause) else None
            return replace(made, pause=wait(pause, skip_to=skip), next=following)
        case None:
            return replace(made, next=behind.next)


@_emit.register
def _(step: source.Wait, _pause: source.Pause, behind: Behind, found: Plan) -> str | None:
    action, _ = action_and_claim(step)
    made = Step(id=step.id, action=action, holdouts=behind.holdouts)
    return found.add(_paused(made, step, behind, found))


@_emit.register
def _(step: source.WaitFor, _pause: source.Pause, behind: Behind, found: Plan) -> str | None:
    action, _ = action_and_claim(step)
    made = Step(id=step.id, action=action, holdouts=behind.holdouts)
    return found.add(_paused(made, step, behind, found))


def _waited_for(pause: source.WaitFor, behind: Behind, found: Plan) -> WaitFor:
    after = replace(behind, next=behind.surely(found), skip=None)
    otherwise = _sequence(pause.otherwise, after, found) or ""
    then = _sequence(pause.then, after, found) or ""
    return wait_for(pause, then=then, otherwise=otherwise)


@_emit.register
def _(step: source.Branch, _pause: source.Pause, behind: Behind, found: Plan) -> str | None:
    after = replace(behind, next=behind.surely(found), skip=None)
    targets = [_sequence(arm.steps, after, found) or "" for arm in reversed(step.arms)]
    action = branch(step, list(reversed(targets)), others=after.next or "")
    return found.add(Step(id=step.id, action=action, holdouts=behind.holdouts))


@_emit.register
def _(step: source.Split, _pause: source.Pause, behind: Behind, found: Plan) -> str | None:
    after = replace(behind, next=behind.surely(found), skip=None)
    targets = [_sequence(share.steps, after, found) or "" for share in reversed(step.shares)]
    action = split(step, list(reversed(targets)), behind=after.next or "")
    return found.add(Step(id=step.id, action=action, holdouts=behind.holdouts))


@_emit.register
def _(step: source.Leave, _pause: source.Pause, behind: Behind, found: Plan) -> str | None:
    action, _ = action_and_claim(step)
    return found.add(Step(id=step.id, action=action, holdouts=behind.holdouts))
