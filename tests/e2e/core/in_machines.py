"""The compiled machines on the interpreter, calling the real use cases over ports in memory."""

# the emulator is told to call us where it would start a process
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coldframe.adapters.runs import StepFunctionsRuns, StepFunctionsWaits
from coldframe.domain.enrolment import Enrolment
from coldframe.domain.gate import Prohibition
from coldframe.domain.message import MessageState
from coldframe.domain.touchpoint import UNSUBSCRIBED, Touchpoint
from coldframe.entrypoints.steps import step_endpoint
from infra.journeys.states import FUNCTIONS, machine
from tests.e2e.cloud import things
from tests.e2e.core.events import Lead
from tests.e2e.core.telling import Told, Visit, minute, once_each, said
from tests.fakes.playbook import InMemoryPlaybook
from tests.fakes.stage import Stage
from tests.fakes.world import World
from workbench.cloud import emulated as em
from workbench.cloud.local_cloud import LocalCloud

USE_CASES = {
    "${SendMessageArn}": "messaging",
    "${DecideArn}": "deciding",
    "${HandOffArn}": "handing_off",
    "${CallWebhookArn}": "calling",
}


@dataclass(slots=True)
class CloudClock:
    cloud: LocalCloud

    def now(self) -> datetime:
        return self.cloud.now()


class Steps:
    """Functions by name, which run in this process."""

    def __init__(self, cloud: LocalCloud) -> None:
        self.names = {
            hole: things.function(cloud, "def handler(event, context): pass") for hole in FUNCTIONS
        }
        self.world: World | None = None

    def execute(self, func: dict[str, Any], event: Any, _request: str) -> dict[str, Any]:
        assert self.world is not None
        name = (func.get("config") or func)["FunctionName"]
        hole = next(hole for hole, known in self.names.items() if known == name)
        use_case = getattr(self.world, USE_CASES[hole])()
        handler = step_endpoint(self.world.waits)(use_case)
        try:
            return {"body": handler(event, None), "log": ""}
        except Exception as error:  # noqa: BLE001 - as Lambda tells of any
            told = {"errorType": type(error).__name__, "errorMessage": str(error)}
            return {"body": told, "error": True, "log": ""}


@contextmanager
def steps_in_this_process(cloud: LocalCloud) -> Iterator[Steps]:
    steps, before = Steps(cloud), em.lambda_svc._execute_function_warm
    em.lambda_svc._execute_function_warm = steps.execute
    try:
        yield steps
    finally:
        em.lambda_svc._execute_function_warm = before


class InMachines:
    def __init__(
        self, cloud: LocalCloud, steps: Steps, playbook: InMemoryPlaybook, journey: str, lead: Lead
    ) -> None:
        self.cloud, self.playbook, self.journey, self.lead = cloud, playbook, journey, lead
        world = World(clock=CloudClock(cloud), playbook=playbook)  # type: ignore[arg-type]  # a clock
        client = cloud.client("stepfunctions")
        machines = {name: self._machine(steps, name) for name in playbook.journeys}
        world.runs = StepFunctionsRuns(client, machines)  # type: ignore[assignment]  # the real ones
        world.waits = StepFunctionsWaits(client)  # type: ignore[assignment]  # likewise
        self.world, self.machines, steps.world = world, machines, world
        self.stage = Stage(world)

    def _machine(self, steps: Steps, name: str) -> str:
        text = json.dumps(machine(self.playbook.journey(name)))
        for hole, function in steps.names.items():
            text = text.replace(hole, things.function_arn(function))
        made = self.cloud.client("stepfunctions").create_state_machine(
            name=things.name("journey"), definition=text, roleArn=things.ROLE
        )
        return str(made["stateMachineArn"])

    def happen(self, touchpoint: Touchpoint) -> None:
        self.pass_time(touchpoint.occurred_at)
        if touchpoint.kind == UNSUBSCRIBED:
            lead, at = touchpoint.lead, touchpoint.occurred_at
            self.world.gates.forbid(lead, Prohibition.UNSUBSCRIBED, at)
        self.world.touchpoints.append(touchpoint)
        self._settle()

    def pass_time(self, until: datetime) -> None:
        self._settle()
        while (at := self._next()) is not None and at <= until:
            self.cloud.run_until(at)
            self.stage._sweep()
            self._settle()
        self.cloud.run_until(until)

    def _next(self) -> datetime | None:
        ahead = [self.cloud.next_deadline(), self.world.alarm.at, self.stage._guard()]
        now = self.cloud.now()
        return min((max(each, now) for each in ahead if each), default=None)

    def _settle(self) -> None:
        """Until nothing is in flight, neither in machines nor in the stream."""
        self.cloud.settle()
        while self.stage._stream():
            self.cloud.settle()

    @property
    def enrolment(self) -> Enrolment | None:
        held = self.world.enrolments.of(self.lead.id)
        return next((each for each in held if each.journey == self.journey), None)

    def tell(self) -> Told:
        enrolment = self.enrolment
        told = Told(visits=once_each(self._visits()))
        if enrolment is not None:
            ended_at = enrolment.ended_at
            told.arms = dict(enrolment.arms)
            told.ended = enrolment.reason, minute(ended_at) if ended_at else ""
        for message in self.world.ledger.rows.values():
            if message.state in (MessageState.SENT, MessageState.REFUSED):
                at = message.sent_at or message.at
                told.effects.add((message.step, message.state.value, message.why, minute(at)))
        for touchpoint in self.world.touchpoints.rows.values():
            if touchpoint.source == "journey":
                when = minute(touchpoint.occurred_at)
                told.derived.add((touchpoint.kind, said(touchpoint.data), when))
        return told

    def _visits(self) -> Iterator[Visit]:
        """Every step that some run of the journey entered, in order."""
        client, steps = (
            self.cloud.client("stepfunctions"),
            self.playbook.journey(self.journey).steps,
        )
        arn = self.machines[self.journey]
        runs = client.list_executions(stateMachineArn=arn)["executions"]
        for run in sorted(runs, key=lambda each: int(each["name"].rpartition("-")[2])):
            pages = client.get_paginator("get_execution_history")
            for page in pages.paginate(executionArn=run["executionArn"]):
                for event in page["events"]:
                    entered = event.get("stateEnteredEventDetails", {}).get("name")
                    if entered in steps:
                        yield entered, event["timestamp"]

    def transitions(self) -> int:
        client = self.cloud.client("stepfunctions")
        runs = client.list_executions(stateMachineArn=self.machines[self.journey])["executions"]
        return sum(self.cloud.transitions(each["executionArn"]) for each in runs)
