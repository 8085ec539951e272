"""Step Functions in memory: runs by name, and answers to task tokens."""

from dataclasses import dataclass, field

from coldframe.domain.enrolment import Enrolment, run_name
from tests.fakes.writes import Writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    enrolment: Enrolment
    timeout: int | None = None


@dataclass(slots=True)
class InMemoryRuns:
    writes: Writes
    started: dict[str, Run] = field(default_factory=dict)
    stopped: dict[str, str] = field(default_factory=dict)

    def start(self, enrolment: Enrolment, *, timeout: int | None = None) -> None:
        with self.writes("runs.start"):
            name = run_name(enrolment.id, enrolment.generation)
            self.started.setdefault(name, Run(enrolment=enrolment, timeout=timeout))

    def stop(self, enrolment: Enrolment, reason: str) -> None:
        with self.writes("runs.stop"):
            self.stopped.setdefault(run_name(enrolment.id, enrolment.generation), reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAnswer:
    error: str = ""
    cause: str = ""
    event: str = ""


@dataclass(slots=True)
class InMemoryWaits:
    """The first answer to a token counts, as Step Functions has it."""

    writes: Writes
    answers: dict[str, TokenAnswer] = field(default_factory=dict)

    def succeed(self, token: str, output: dict[str, str]) -> None:
        with self.writes("waits.succeed"):
            self.answers.setdefault(token, TokenAnswer(event=output["event"]))

    def fail(self, token: str, error: str, cause: str) -> None:
        with self.writes(f"waits.fail {error}"):
            self.answers.setdefault(token, TokenAnswer(error=error, cause=cause))
