"""What a cold start costs: process start, imports and the first event, its calls over TLS."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench import scene
from tests.bench.certificate import trusting
from tests.bench.firsts import first_events
from tests.bench.interpreter import Measured
from tests.bench.measuring import Run, Times, Told, in_turns, paired, ratio
from tests.bench.processes import Child
from tests.bench.scene import Event
from tests.bench.stub import Stub
from tests.bench.trees import Pycs, Tree, function_names, ours, typical

BARE = "python -c pass"
TYPICAL = "a typical handler"
BARE_RUNS_A_ROUND = 3
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColdStart:
    function: str
    calls: int
    """Signed calls that its first event makes."""
    times_bare: Mapping[str, float]
    """Bytecode → × `python -c pass`, in CPU time."""
    times_bare_wall: Mapping[str, float]
    shipped_to_fresh: float
    """As zipped, to the same tree with fresh bytecode; of runs that stood side by side."""
    goal: int | None


def goal_of(function: str) -> int:
    return 18 if function == "capture_lead" else 24


@dataclass(slots=True)
class ColdStarts:
    python: Measured
    stub: Stub
    certificate: Path
    only: str = ""

    def subjects(self) -> list[str]:
        return [name for name in [*function_names(), TYPICAL] if self.only in name]

    def steps(self, rounds: int) -> int:
        return rounds * (len(self.subjects()) * len(Pycs) + BARE_RUNS_A_ROUND)

    def measure(self, *, rounds: int, told: Told) -> list[ColdStart]:
        child = self.child(ours(self.python, Pycs.FRESH))
        events = first_events(child, self.stub.answers)
        events[TYPICAL] = events["capture_lead"]
        runs: dict[str, Run] = {
            f"{BARE} {n}": self.child(ours(self.python, Pycs.FRESH)).bare
            for n in range(BARE_RUNS_A_ROUND)
        }
        subjects = [name for name in self.subjects() if name in events]
        for name in subjects:
            for pycs in Pycs:
                runs[f"{name}, {pycs}"] = self._run(name, pycs, events)
        times = in_turns(runs, rounds=rounds, told=told)
        return [self._told(name, times, events) for name in subjects]

    def child(self, tree: Tree) -> Child:
        """Credentials as Lambda gives them, and the stub for AWS."""
        trusted = trusting(tree.trusted, self.certificate, self.certificate.parent)
        return Child(
            python=self.python.path,
            path=tree.path,
            environment={
                "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "example",
                "AWS_SESSION_TOKEN": "example",
                "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
                "AWS_REGION": "eu-central-1",
                "AWS_DEFAULT_REGION": "eu-central-1",
                "AWS_ENDPOINT_URL": self.stub.url,
                "AWS_CA_BUNDLE": str(trusted),
                "AWS_XRAY_CONTEXT_MISSING": "IGNORE_ERROR",
                **scene.settings(),
            },
        )

    def _run(self, name: str, pycs: Pycs, events: Mapping[str, Event]) -> Run:
        if name == TYPICAL:
            child, handler = self.child(typical(self.python, pycs)), "typical.handler"
        else:
            child = self.child(ours(self.python, pycs))
            handler = f"functions.{name}.handler.handler"
        return partial(child.handle, handler, [events[name]])

    def _told(
        self, name: str, times: Mapping[str, Times], events: Mapping[str, Event]
    ) -> ColdStart:
        bare = [times[f"{BARE} {n}"] for n in range(BARE_RUNS_A_ROUND)]
        cpu = [each for run in bare for each in run.cpu]
        wall = [each for run in bare for each in run.wall]
        return ColdStart(
            function=name,
            calls=self._calls(self._run(name, Pycs.FRESH, events)),
            times_bare={pycs: ratio(times[f"{name}, {pycs}"].cpu, cpu) for pycs in Pycs},
            times_bare_wall={pycs: ratio(times[f"{name}, {pycs}"].wall, wall) for pycs in Pycs},
            shipped_to_fresh=paired(
                times[f"{name}, {Pycs.UNCHECKED}"].cpu, times[f"{name}, {Pycs.FRESH}"].cpu
            ),
            goal=None if name == TYPICAL else goal_of(name),
        )

    def _calls(self, run: Callable[[], object]) -> int:
        before = self.stub.answers.calls
        run()
        return self.stub.answers.calls - before
