"""What holds for any journey, however its steps are nested."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count
from typing import Any, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain import journey_steps as steps
from coldframe.domain.conditions.nodes import Condition, Field, Type
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import Journey
from infra.journeys.journey_source import JourneySource
from infra.journeys.plan import plan
from infra.journeys.source import (
    Arm,
    Branch,
    GiveScore,
    HandOff,
    Send,
    Share,
    Split,
    Step,
    Wait,
    WaitFor,
    every,
    ways,
)
from infra.journeys.states import machine
from infra.reading.nodes import Located
from infra.reading.problems import Problems, Spot

SPOT = Spot(file="journeys/any.yaml", line=1, path="", problems=Problems())
CLICK = Located(EventMatch(kind="email.clicked", where={"mail": "letter"}), SPOT)
DAY = timedelta(days=1)
VIP = Condition(
    source="vip", type=Type.BOOLEAN, tree=Field(name="vip", type=Type.BOOLEAN, label="vip")
)


Shape: TypeAlias = "str | tuple[str, list[Shape], list[Shape]]"
FORKS = ("wait_for", "branch", "split")


def trees() -> st.SearchStrategy[list[Shape]]:
    """Shapes of steps: a word, or one that parts into two ways."""
    leaf = st.sampled_from(["send", "wait", "score", "hand_off"])
    return st.lists(
        st.recursive(
            leaf,
            lambda inner: st.tuples(st.sampled_from(FORKS), st.lists(inner), st.lists(inner)),
            max_leaves=9,
        ),
        min_size=1,
        max_size=6,
    )


def named(shapes: Sequence[Shape], numbers: Iterator[int]) -> tuple[Step, ...]:
    return tuple(_step(shape, numbers) for shape in shapes)


def _step(shape: Shape, numbers: Iterator[int]) -> Step:
    name = f"step-{next(numbers)}"
    if isinstance(shape, tuple):
        return _fork(name, shape, numbers)
    if shape == "send":
        return Send(id=name, spot=SPOT, mail=Located(name, SPOT))
    if shape == "wait":
        return Wait(id=name, spot=SPOT, time=DAY)
    if shape == "score":
        return GiveScore(id=name, spot=SPOT, points=1, why="")
    return HandOff(id=name, spot=SPOT, to="owner")


def _fork(name: str, shape: tuple[str, list[Shape], list[Shape]], numbers: Iterator[int]) -> Step:
    kind, *shapes = shape
    one, other = (named(way, numbers) for way in shapes)
    if kind == "branch":
        arms = (
            Arm(name="yes", spot=SPOT, when=VIP, steps=one),
            Arm(name="no", spot=SPOT, when=None, steps=other, is_else=True),
        )
        return Branch(id=name, spot=SPOT, arms=arms)
    if kind == "split":
        halves = (
            Share(name="yes", spot=SPOT, percent=50, steps=one),
            Share(name="no", spot=SPOT, percent=50, steps=other),
        )
        return Split(id=name, spot=SPOT, shares=halves)
    return WaitFor(
        id=name,
        spot=SPOT,
        event=CLICK,
        limit=Located(DAY, SPOT),
        then=one,
        otherwise=other,
    )


def source(shapes: Sequence[Shape]) -> JourneySource:
    return JourneySource(
        journey="any",
        spot=SPOT,
        title="Any",
        status="live",
        topic=None,
        entries=(),
        exits=(),
        steps=named(shapes, count()),
    )


def targets(state: dict[str, Any]) -> set[str]:
    ways = [state, *state.get("Choices", []), *state.get("Catch", [])]
    return {way["Next"] for way in ways if "Next" in way} | {
        state[key] for key in ("Default",) if key in state
    }


@settings(max_examples=40)
@given(trees())
def test_every_target_exists_and_every_state_can_be_reached(shapes: list[Shape]) -> None:
    definition = machine(plan(source(shapes)))
    states = definition["States"]

    reached, todo = set[str](), {definition["StartAt"]}
    while todo:
        state = todo.pop()
        reached.add(state)
        todo |= targets(states[state]) - reached

    assert reached == set(states)


@settings(max_examples=40)
@given(trees())
def test_the_first_run_reaches_every_step_without_being_resumed(shapes: list[Shape]) -> None:
    states = machine(plan(source(shapes)))["States"]

    reached, todo = set[str](), {states["Enter"]["Choices"][0]["Next"]}
    while todo:
        state = todo.pop()
        reached.add(state)
        todo |= targets(states[state]) - reached

    assert set(states) - reached - {"Unknown step"} == {"Enter"}


@settings(max_examples=40)
@given(trees(), st.lists(st.booleans(), min_size=40, max_size=40))
def test_the_machine_does_what_the_author_wrote(shapes: list[Shape], clicks: list[bool]) -> None:
    journey = source(shapes)

    assert walked(plan(journey), iter(clicks)) == read_aloud(journey.steps, iter(clicks))


def read_aloud(steps: Sequence[Step], clicks: Iterator[bool]) -> list[str]:
    """What happens, by the tree itself: mails, waits and hand-offs, in order."""
    told: list[str] = []
    for step in steps:
        match step:
            case WaitFor() | Branch() | Split():
                then, otherwise = ways(step)
                told += read_aloud(then if next(clicks) else otherwise, clicks)
            case GiveScore():
                pass
            case Wait():
                told.append("a day passes")
            case _:
                told.append(step.id)
    return told


def walked(journey: Journey, clicks: Iterator[bool]) -> list[str]:
    """What happens, by the machine."""
    states = machine(journey)["States"]
    told: list[str] = []
    name = states["Enter"]["Choices"][0]["Next"]
    while True:
        state = states[name]
        if state["Type"] == "Wait":
            told.append("a day passes")
        elif state["Type"] == "Task" and state["Arguments"]["FunctionName"] != "${DecideArn}":
            told.append(state["Arguments"]["Payload"]["step"])
        if state.get("End"):
            return told
        name = _next(name, state, journey, clicks)


def _next(name: str, state: dict[str, Any], journey: Journey, clicks: Iterator[bool]) -> str:
    if name.startswith("Which way: "):
        action = journey.steps[name.removeprefix("Which way: ")].action
        assert isinstance(action, steps.Branch)
        return action.arms[0 if next(clicks) else 1].to
    if state["Type"] == "Choice":
        return str(state["Choices"][0]["Next"] if next(clicks) else state["Default"])
    waits = state.get("Resource", "").endswith(".waitForTaskToken")
    silent = waits and not next(clicks)
    return str(state["Catch"][0]["Next"] if silent else state["Next"])


@settings(max_examples=40)
@given(trees())
def test_no_step_costs_more_than_a_task_and_a_wait(shapes: list[Shape]) -> None:
    journey = source(shapes)

    states = machine(plan(journey))["States"].values()

    tasks = [state for state in states if state["Type"] == "Task"]
    assert len(tasks) <= len(list(every(journey.steps))) + len(["end", "Stuck"])


@settings(max_examples=40)
@given(trees())
def test_twice_the_same_journey_is_the_same_machine(shapes: list[Shape]) -> None:
    first, second = (json.dumps(machine(plan(source(shapes)))) for _ in range(2))

    assert first == second
