"""What the Task states of a machine send to the functions: the contract that only grows."""

from collections.abc import Mapping
from typing import Any, Final

EXAMPLE_RUN: Final[Mapping[str, Any]] = {
    "lead": "3f6c0b1d2a4e5f60718293a4b5",
    "enrolment": "9a8b7c6d5e4f30212223242526",
    "generation": 1,
}
_EXAMPLES: Final[Mapping[str, Any]] = {
    **{f"{{% $states.context.Execution.Input.{k} %}}": value for k, value in EXAMPLE_RUN.items()},
    "{% $states.context.Task.Token %}": "token-of-the-task",
    "{% $step %}": "cake-guide",
    "{% $error %}": "KeyError",
}


def payloads(machine: Mapping[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Task state → the function it invokes (a ``${…Arn}`` hole) and its payload, as emitted."""
    return {
        name: (state["Arguments"]["FunctionName"], state["Arguments"]["Payload"])
        for name, state in machine["States"].items()
        if state["Type"] == "Task"
    }


def example(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload as a function gets it: expressions replaced by what a run would put there."""
    return {key: _EXAMPLES.get(value, value) for key, value in payload.items()}
