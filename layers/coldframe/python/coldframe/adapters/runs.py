"""Runs of journeys on Step Functions, by name, and the task tokens they wait with."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coldframe.adapters.aws import code_of, faults_named
from coldframe.adapters.aws_faults import AwsRefusal
from coldframe.domain.enrolment import Enrolment, run_name
from coldframe.domain.errors import Throttled

if TYPE_CHECKING:
    from types_boto3_stepfunctions import SFNClient

PAYLOAD_VERSION = 1
GONE = frozenset({"ExecutionDoesNotExist", "StateMachineDoesNotExist", "ValidationException"})
"""The last: it is over already, as one that parked."""
ANSWERED = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})


@dataclass(frozen=True, slots=True)
class StepFunctionsRuns:
    client: "SFNClient"
    machines: Mapping[str, str]
    """Journey → state machine ARN."""

    def start(self, enrolment: Enrolment, *, timeout: int | None = None) -> None:
        """The input is canonical: started again, a running one answers as if it were new."""
        payload: dict[str, Any] = {
            "enrolment": enrolment.id,
            "generation": enrolment.generation,
            "journey": enrolment.journey,
            "lead": enrolment.lead,
            "step": enrolment.step,
            "v": PAYLOAD_VERSION,
        }
        if timeout is not None:
            payload["timeout"] = timeout
        with _harmless(frozenset({"ExecutionAlreadyExists"})):
            self.client.start_execution(
                stateMachineArn=self.machines[enrolment.journey],
                name=run_name(enrolment.id, enrolment.generation),
                input=json.dumps(payload, sort_keys=True, separators=(",", ":")),
            )

    def stop(self, enrolment: Enrolment, reason: str) -> None:
        machine = self.machines.get(enrolment.journey, "")
        executions = machine.replace(":stateMachine:", ":execution:")
        with suppress(Throttled), _harmless(GONE):
            self.client.stop_execution(
                executionArn=f"{executions}:{run_name(enrolment.id, enrolment.generation)}",
                error=reason,
            )


@dataclass(frozen=True, slots=True)
class StepFunctionsWaits:
    client: "SFNClient"

    def succeed(self, token: str, output: dict[str, str]) -> None:
        with _harmless(ANSWERED):
            self.client.send_task_success(taskToken=token, output=json.dumps(output))

    def fail(self, token: str, error: str, cause: str) -> None:
        with _harmless(ANSWERED):
            self.client.send_task_failure(taskToken=token, error=error, cause=cause)


@contextmanager
def _harmless(codes: frozenset[str]) -> Iterator[None]:
    """These answers mean that what we want is so already, or can no longer be."""
    try:
        with faults_named():
            yield
    except AwsRefusal as error:
        if code_of(error) not in codes:
            raise
