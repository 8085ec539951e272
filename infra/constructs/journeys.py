"""The steps that journeys call, and one state machine per journey."""

import json
from collections.abc import Mapping
from typing import Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from coldframe.entrypoints.settings import CallSettings, SendSettings, SweepAlarmSettings
from infra.accepted import accept
from infra.constructs.coldframe_function import ColdframeFunction
from infra.constructs.ground import Ground
from infra.constructs.leads_access import MAILBOXES, SENDING, SWEEP
from infra.logical_ids import journey_id, pin

ANSWERS = ["states:SendTaskSuccess", "states:SendTaskFailure"]

HISTORY = (
    "each run keeps its whole history for 90 days and the lead's own record says why a mail went"
    " or not; a second copy of every transition would cost more than the transitions"
)
ACCEPTED = {
    "AwsSolutions-SF1": HISTORY,
    "AwsSolutions-SF2": HISTORY,
    "Serverless-StepFunctionStateMachineXray": HISTORY,
}

ANY_RUN = "runs are named after enrolments that nobody knows yet; the machine is the client's own"


class Journeys(Construct):
    def __init__(
        self,
        scope: Construct,
        *,
        ground: Ground,
        machines: Mapping[str, Mapping[str, Any]],
    ) -> None:
        super().__init__(scope, "Journeys")
        self._ground = ground
        self._leads = leads = ground.leads
        self.send_message = self._sender("send_message", MAILBOXES, SENDING)
        self._leads.grant_look_up(self.send_message)
        self.hand_off = self._sender("hand_off")
        self.decide = self._decider()
        self.call_webhook = self._caller()
        started = iam.Policy(
            self,
            "JourneyCalls",
            roles=[leads.journey_role],
            statements=[
                iam.PolicyStatement(
                    actions=["lambda:InvokeFunction"],
                    resources=[step.function_arn for step in self.steps],
                )
            ],
        )
        self.machines = {name: self._machine(name, asl) for name, asl in sorted(machines.items())}
        for machine in self.machines.values():
            machine.node.add_dependency(started)
        if self.machines:
            self._answer_tokens()

    @property
    def steps(self) -> tuple[ColdframeFunction, ...]:
        return (self.send_message, self.decide, self.hand_off, self.call_webhook)

    def arns(self) -> str:
        """JSON: journey → ARN, as RunSettings and SweepSettings hold it."""
        pairs = {name: machine.state_machine_arn for name, machine in self.machines.items()}
        return json.dumps(pairs, separators=(",", ":"))

    def grant_start(self, function: ColdframeFunction) -> None:
        self._grant(function, "StartRuns", ["states:StartExecution"], self._machine_arns())

    def grant_stop(self, function: ColdframeFunction) -> None:
        runs = [
            f"arn:{machine.stack.partition}:states:{machine.stack.region}"
            f":{machine.stack.account}:execution:{machine.state_machine_name}:*"
            for machine in self.machines.values()
        ]
        stop = self._grant(function, "StopRuns", ["states:StopExecution"], runs)
        accept(stop, {_any_run(name): ANY_RUN for name in self.machines})

    def grant_answer(self, function: ColdframeFunction) -> None:
        self._grant(function, "AnswerTokens", ANSWERS, self._machine_arns())

    def _machine_arns(self) -> list[str]:
        return [machine.state_machine_arn for machine in self.machines.values()]

    def _sender(self, name: str, *partitions: str) -> ColdframeFunction:
        function = ColdframeFunction(
            self,
            name,
            layers=self._ground.layers.all,
            settings=SendSettings(**self._ground.send_settings()),
            memory=512,
            timeout=Duration.seconds(90),
        )
        self._leads.grant_work(function, *partitions)
        self._leads.grant_hear_pause(function)
        self._leads.grant_keys(function)
        self._ground.sending.grant_send(function)
        return function

    def _decider(self) -> ColdframeFunction:
        """May move the alarm: what a run can't do, the sweep begins anew."""
        clock = self._ground.clock
        function = ColdframeFunction(
            self,
            "decide",
            layers=self._ground.layers.all,
            settings=SweepAlarmSettings(table=self._leads.table, sweep_group=clock.group),
        )
        self._leads.grant_work(function, SWEEP)
        clock.grant_move(function)
        return function

    def _caller(self) -> ColdframeFunction:
        function = ColdframeFunction(
            self,
            "call_webhook",
            layers=self._ground.layers.all,
            settings=CallSettings(table=self._leads.table, secret=self._leads.keys, stand_in=""),
            timeout=Duration.seconds(30),
        )
        self._leads.grant_work(function)
        self._leads.grant_keys(function)
        return function

    def _machine(self, name: str, asl: Mapping[str, Any]) -> stepfunctions.StateMachine:
        text = json.dumps(asl, separators=(",", ":"), ensure_ascii=False)
        holes = {
            "SendMessageArn": self.send_message.function_arn,
            "DecideArn": self.decide.function_arn,
            "HandOffArn": self.hand_off.function_arn,
            "CallWebhookArn": self.call_webhook.function_arn,
        }
        machine = stepfunctions.StateMachine(
            self,
            journey_id(name),
            definition_body=stepfunctions.DefinitionBody.from_string(text),
            definition_substitutions={
                hole: arn for hole, arn in holes.items() if f"${{{hole}}}" in text
            },
            role=self._leads.journey_role,
            removal_policy=RemovalPolicy.RETAIN,
        )
        pin(machine, journey_id(name))
        accept(machine, ACCEPTED)
        _trust_own_validators(machine)
        return machine

    def _answer_tokens(self) -> None:
        for step in self.steps:
            self.grant_answer(step)

    def _grant(
        self, function: ColdframeFunction, name: str, actions: list[str], resources: list[str]
    ) -> iam.Policy:
        """As a policy of its own: a machine names its steps, so their own can't name machines."""
        assert function.role  # noqa: S101 - ColdframeFunction always makes one
        return iam.Policy(
            self,
            f"{name}{function.node.id}",
            roles=[function.role],
            statements=[iam.PolicyStatement(actions=actions, resources=resources)],
        )


def _trust_own_validators(machine: stepfunctions.StateMachine) -> None:
    """cfn-lint takes JSONata where a number may stand for a mistake; statelint judges instead."""
    resource = machine.node.default_child
    assert isinstance(resource, stepfunctions.CfnStateMachine)  # noqa: S101 - it is one
    resource.add_metadata("cfn-lint", {"config": {"ignore_checks": ["E3601"]}})


def _any_run(journey: str) -> str:
    run = "arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution"
    return f"AwsSolutions-IAM5[Resource::{run}:<{journey_id(journey)}.Name>:*]"
