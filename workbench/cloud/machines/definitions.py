"""Says what is wrong with a state machine's definition, as CreateStateMachine would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser

State = dict[str, Any]
ENDINGS = ("Succeed", "Fail")
ONLY_JSONPATH = ("InputPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath")
ONLY_JSONATA = ("Arguments", "Output")


class InvalidDefinition(ValueError):
    """The definition is not a state machine; the message says why."""


def check(definition: str) -> None:
    """Refuse a definition that Step Functions would refuse."""
    try:
        machine = json.loads(definition)
    except ValueError as problem:
        raise InvalidDefinition(f"not JSON: {problem}") from problem
    found = list(_scope_problems(machine, machine.get("QueryLanguage", "JSONPath"), ""))
    if found:
        raise InvalidDefinition("; ".join(found))
    program(definition)


@lru_cache(maxsize=256)
def program(definition: str) -> Any:
    """The interpreter's tree of a definition; it holds no state, so executions share it."""
    try:
        return AmazonStateLanguageParser.parse(definition)[0]
    except Exception as problem:
        raise InvalidDefinition(str(problem)) from problem


def _scope_problems(scope: State, language: str, where: str) -> Iterator[str]:
    states = scope.get("States") or {}
    if not states:
        yield f"{where or '/'}: no States"
    if scope.get("StartAt") not in states:
        yield f"{where}/StartAt: no state {scope.get('StartAt')!r}"
    for name, state in states.items():
        here = f"{where}/{name}"
        for target in _targets(state):
            if target not in states:
                yield f"{here}: no state {target!r}"
        yield from _state_problems(state, state.get("QueryLanguage", language), here)


def _state_problems(state: State, language: str, here: str) -> Iterator[str]:
    kind = state.get("Type")
    goes_on = "Next" in state or state.get("End") is True
    if kind not in (*ENDINGS, "Choice") and not goes_on:
        yield f"{here}: neither Next nor End"
    unknown = ONLY_JSONPATH if language == "JSONata" else ONLY_JSONATA
    for field in unknown:
        if field in state:
            yield f"{here}: {field} is not a field of a {language} state"
    for index, branch in enumerate(state.get("Branches") or []):
        yield from _scope_problems(branch, language, f"{here}/Branches[{index}]")
    for processor in ("ItemProcessor", "Iterator"):
        if processor in state:
            yield from _scope_problems(state[processor], language, f"{here}/{processor}")


def _targets(state: State) -> Iterator[str]:
    yield from (state[key] for key in ("Next", "Default") if key in state)
    for exit_ in [*(state.get("Choices") or []), *(state.get("Catch") or [])]:
        if "Next" in exit_:
            yield exit_["Next"]
