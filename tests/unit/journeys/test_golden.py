"""Golden machines of the example clients: a change of one is reviewed as a diff.

To accept one: `python -m tests.unit.journeys.test_golden`.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from statelint.linter import Linter  # type: ignore[import-untyped]  # it ships no types

from infra.journeys.payloads import example, payloads
from infra.journeys.states import FUNCTIONS
from infra.playbook import all_clients, compile_client

GOLDEN = Path(__file__).parent / "golden"
CLIENTS = Path(__file__).parents[3] / "clients"

FALSE_ALARM = re.compile(r'\.(Timestamp|TimeoutSeconds) is "\{% .* %\}" but should be an ')
"""statelint doesn't know that times may be JSONata."""


def machines() -> Iterator[tuple[str, dict[str, Any]]]:
    for folder in all_clients(CLIENTS):
        compiled = compile_client(folder, environment="dev")
        for journey, machine in compiled.machines.items():
            yield f"{folder.name}-{journey}", machine


MACHINES = dict(machines())


@pytest.mark.parametrize("name", MACHINES)
def test_the_machine_is_the_one_that_was_reviewed(name: str) -> None:
    golden = json.loads((GOLDEN / f"{name}.json").read_text())

    assert MACHINES[name] == golden


def test_no_golden_machine_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(MACHINES)


@pytest.mark.parametrize("name", MACHINES)
def test_statelint_finds_nothing_but_its_known_false_alarms(name: str) -> None:
    problems = Linter.validate(json.dumps(MACHINES[name]))

    assert [problem for problem in problems if not FALSE_ALARM.search(str(problem))] == []


@pytest.mark.parametrize("name", MACHINES)
def test_every_payload_names_a_function_of_ours_and_leaves_nothing_unfilled(name: str) -> None:
    for state, (function, payload) in payloads(MACHINES[name]).items():
        filled = example(payload)

        assert function in FUNCTIONS, state
        assert not [value for value in filled.values() if str(value).startswith("{%")], state


if __name__ == "__main__":
    for path in GOLDEN.glob("*.json"):
        path.unlink()
    for title, definition in MACHINES.items():
        text = json.dumps(definition, indent=2, ensure_ascii=False)
        (GOLDEN / f"{title}.json").write_text(text + "\n", encoding="utf-8")
