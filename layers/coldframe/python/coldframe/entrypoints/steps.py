"""A journey's step: its payload, its answer, and its refusals in both ways that a run hears."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

from coldframe.domain.instants import whole_seconds
from coldframe.entrypoints.observability import NAMED, Unexpected, bug, fact
from coldframe.services.steps import StepCommand, StepOutcome

if TYPE_CHECKING:
    from coldframe.services.ports.steps import Waits

Answered = dict[str, str]
Handler = Callable[[StepCommand], StepOutcome]


def read_step(payload: Mapping[str, Any]) -> StepCommand:
    """The contract only grows: what we don't know is not looked at."""
    return StepCommand(
        lead=payload["lead"],
        enrolment=payload["enrolment"],
        generation=int(payload["generation"]),
        journey=payload["journey"],
        step=payload["step"],
        token=payload.get("token"),
        stuck=payload.get("stuck"),
        then=payload.get("then", ""),
        version=payload.get("version", ""),
    )


def step_endpoint(waits: Waits) -> Callable[[Handler], Callable[[Any, Any], Answered]]:
    """Under a token nobody reads an answer or an error: refusals go to the token, by name."""

    def endpoint(handler: Handler) -> Callable[[Any, Any], Answered]:
        @wraps(handler)
        def stepping(payload: Mapping[str, Any], _context: object) -> Answered:
            command = read_step(payload)
            _tell(command)
            if command.token is None:
                return _answer(command, handler(command))
            try:
                handler(command)
            except NAMED as error:
                waits.fail(command.token, type(error).__name__, str(error))
            except Exception as error:  # noqa: BLE001 - the token hears of it, by name
                bug(error)
                waits.fail(command.token, Unexpected.__name__, type(error).__name__)
            return {}

        return stepping

    return endpoint


def _tell(command: StepCommand) -> None:
    stuck = {"error": command.stuck} if command.stuck else {}
    fact(
        "step",
        enrolment=command.enrolment,
        generation=command.generation,
        journey=command.journey,
        step=command.step,
        **stuck,
    )


def _answer(command: StepCommand, outcome: StepOutcome) -> Answered:
    if outcome.stuck:
        fact("stuck", enrolment=command.enrolment, error=command.stuck, Stuck=1)
    answered = {"to": outcome.to} if outcome.to else {}
    if outcome.resume_at is not None:
        answered["resume_at"] = f"{whole_seconds(outcome.resume_at):%Y-%m-%dT%H:%M:%SZ}"
    return answered
