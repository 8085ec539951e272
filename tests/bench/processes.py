"""Child processes, and what each cost: CPU (its own and the kernel's for it) and wall time."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EVENTS = Path(__file__).parent / "children" / "events.py"


class ChildFailed(RuntimeError):
    """What is measured does not run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    cpu: float
    wall: float
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A Python, the folders it imports from, and its environment."""

    python: str
    path: tuple[Path, ...]
    environment: Mapping[str, str]

    def bare(self) -> Cost:
        """``python -c pass``, in the same environment."""
        return self._run(["-c", "pass"], "")

    def handle(self, handler: str, events: Sequence[object]) -> Cost:
        return self._run([str(EVENTS), handler], json.dumps(events))

    def _run(self, arguments: list[str], given: str) -> Cost:
        command = [self.python, "-B", *arguments]
        environment = {**self.environment, "PYTHONPATH": os.pathsep.join(map(str, self.path))}
        with tempfile.TemporaryFile("w+") as asked, tempfile.TemporaryFile("w+") as told:
            asked.write(given)
            asked.seek(0)
            began = time.perf_counter()
            child = subprocess.Popen(  # noqa: S603 - the Python that is measured
                command, stdin=asked, stdout=told, stderr=told, env=environment
            )
            _, status, used = os.wait4(child.pid, 0)
            wall = time.perf_counter() - began
            child.returncode = os.waitstatus_to_exitcode(status)
            told.seek(0)
            said = told.read()
        if child.returncode:
            raise ChildFailed(f"{' '.join(arguments)}:\n{said}")
        return Cost(cpu=used.ru_utime + used.ru_stime, wall=wall, said=said)


def answered(cost: Cost) -> dict[str, Any]:
    """What the child printed, below any warnings."""
    last: dict[str, Any] = json.loads(cost.said.strip().splitlines()[-1])
    return last
