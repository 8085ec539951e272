"""The table's stream: touchpoints become decisions (react), decisions are carried out."""

from collections.abc import Mapping
from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from coldframe.entrypoints.settings import RunSettings, SweepAlarmSettings
from infra.constructs.alarms import Alarms
from infra.constructs.coldframe_function import ColdframeFunction
from infra.constructs.journeys import Journeys
from infra.constructs.layers import Layers
from infra.constructs.leads_access import SWEEP, LeadsAccess
from infra.constructs.schedules import Schedules
from infra.constructs.sweep_clock import SweepClock


class Reactions(Construct):
    def __init__(
        self,
        scope: Construct,
        *,
        leads: LeadsAccess,
        layers: Layers,
        journeys: Journeys,
        schedules: Schedules,
        clock: SweepClock,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, "Reactions")
        self._leads = leads
        react = ColdframeFunction(
            self,
            "react",
            layers=layers.all,
            settings=SweepAlarmSettings(table=leads.table, sweep_group=clock.group),
            memory=512,
            timeout=Duration.seconds(60),
        )
        leads.grant_work(react, SWEEP)
        clock.grant_move(react)
        self._read(react, inserts="T#")

        carry_out = ColdframeFunction(
            self,
            "carry_out",
            layers=layers.all,
            settings=RunSettings(
                table=leads.table,
                sweep_group=clock.group,
                machines=journeys.arns(),
                broadcast_function=schedules.broadcast.function_name,
            ),
            timeout=Duration.seconds(60),
        )
        leads.grant_work(carry_out, SWEEP)
        clock.grant_move(carry_out)
        schedules.grant_broadcast(carry_out)
        if journeys.machines:
            journeys.grant_start(carry_out)
            journeys.grant_stop(carry_out)
            journeys.grant_answer(carry_out)
        self._read(carry_out, inserts="D#")

        alarms.on_logged("Parked", [react, carry_out], "what a lead did could not be handled")
        alarms.on_logged("Stuck", [journeys.decide], "an enrolment is stuck")
        self.functions = (react, carry_out)
        for function in self.functions:
            alarms.on_failures(function, "stream records fail; what fails three times is kept")

    def _read(self, function: ColdframeFunction, *, inserts: str) -> None:
        """Insertions of items whose sort key begins with ``inserts``, in order per lead."""
        self._leads.grant_stream(function)
        self._leads.grant_keep_failure(function)
        mapping = lambda_.EventSourceMapping(
            self,
            f"{function.node.id}Stream",
            target=function,
            event_source_arn=self._leads.stream,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            filters=[_inserted(inserts)],
            batch_size=100,
            parallelization_factor=2,
            bisect_batch_on_error=True,
            retry_attempts=3,
            max_record_age=Duration.hours(1),
            report_batch_item_failures=True,
        )
        keep = lambda_.CfnEventSourceMapping.OnFailureProperty(
            destination=self._leads.failures.bucket_arn
        )
        resource = mapping.node.default_child
        assert isinstance(resource, lambda_.CfnEventSourceMapping)  # noqa: S101 - it is one
        resource.destination_config = lambda_.CfnEventSourceMapping.DestinationConfigProperty(
            on_failure=keep
        )


def _inserted(prefix: str) -> Mapping[str, Any]:
    return lambda_.FilterCriteria.filter(
        {
            "eventName": lambda_.FilterRule.is_equal("INSERT"),
            "dynamodb": {"Keys": {"sk": {"S": lambda_.FilterRule.begins_with(prefix)}}},
        }
    )
