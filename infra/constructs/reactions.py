"""The table's stream: touchpoints become decisions (react), decisions are carried out."""

from collections.abc import Mapping
from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from coldframe.domain.touchpoint import LEAD_IMPORTED
from coldframe.entrypoints.settings import RunSettings, SweepAlarmSettings
from infra.constructs.coldframe_function import ColdframeFunction
from infra.constructs.ground import Ground
from infra.constructs.journeys import Journeys
from infra.constructs.leads_access import CLIENT, COMPANIES, NEWCOMERS, PACES, SWEEP
from infra.constructs.schedules import Schedules

SURGE = (
    "more than ten times the usual hour's new leads came: their mails, and what tells sales of"
    " them, are held; look with `coldframe leads surge`"
)


class Reactions(Construct):
    def __init__(
        self,
        scope: Construct,
        *,
        ground: Ground,
        journeys: Journeys,
        schedules: Schedules,
    ) -> None:
        super().__init__(scope, "Reactions")
        self._ground = ground
        self.functions = (self._react(), self._carry_out(journeys, schedules))

        alarms = ground.alarms
        alarms.on_logged("Parked", self.functions, "what a lead did could not be handled")
        alarms.on_logged("Surge", self.functions[:1], SURGE)
        alarms.on_logged("Stuck", [journeys.decide], "an enrolment is stuck")
        for function in self.functions:
            alarms.on_failures(function, "stream records fail; what fails three times is kept")

    def _react(self) -> ColdframeFunction:
        leads, clock = self._ground.leads, self._ground.clock
        react = ColdframeFunction(
            self,
            "react",
            layers=self._ground.layers.all,
            settings=SweepAlarmSettings(table=leads.table, sweep_group=clock.group),
            memory=512,
            timeout=Duration.seconds(60),
        )
        leads.grant_work(react, SWEEP, PACES, NEWCOMERS, CLIENT, COMPANIES)
        leads.grant_look_up(react, NEWCOMERS)
        clock.grant_move(react)
        self._read(react, inserts="T#", but=LEAD_IMPORTED)
        return react

    def _carry_out(self, journeys: Journeys, schedules: Schedules) -> ColdframeFunction:
        leads, clock = self._ground.leads, self._ground.clock
        carry_out = ColdframeFunction(
            self,
            "carry_out",
            layers=self._ground.layers.all,
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
        return carry_out

    def _read(self, function: ColdframeFunction, *, inserts: str, but: str = "") -> None:
        """Insertions of items whose sort key begins with ``inserts``, in order per lead.

        ``but``: a kind that is written in bulk, with all that follows from it.
        """
        leads = self._ground.leads
        leads.grant_stream(function)
        leads.grant_keep_failure(function)
        mapping = lambda_.EventSourceMapping(
            self,
            f"{function.node.id}Stream",
            target=function,
            event_source_arn=leads.stream,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            filters=[_inserted(inserts, but)],
            batch_size=100,
            parallelization_factor=2,
            bisect_batch_on_error=True,
            retry_attempts=3,
            max_record_age=Duration.hours(1),
            report_batch_item_failures=True,
        )
        keep = lambda_.CfnEventSourceMapping.OnFailureProperty(
            destination=leads.failures.bucket_arn
        )
        resource = mapping.node.default_child
        assert isinstance(resource, lambda_.CfnEventSourceMapping)  # noqa: S101 - it is one
        resource.destination_config = lambda_.CfnEventSourceMapping.DestinationConfigProperty(
            on_failure=keep
        )


def _inserted(prefix: str, but: str) -> Mapping[str, Any]:
    item: dict[str, Any] = {"Keys": {"sk": {"S": lambda_.FilterRule.begins_with(prefix)}}}
    if but:
        item["NewImage"] = {"kind": {"S": lambda_.FilterRule.not_equals(but)}}
    return lambda_.FilterCriteria.filter(
        {"eventName": lambda_.FilterRule.is_equal("INSERT"), "dynamodb": item}
    )
