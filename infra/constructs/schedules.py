"""What happens by the clock: the sweep over what is due, its daily guard, and broadcasts."""

from aws_cdk import Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from coldframe.entrypoints.settings import BroadcastSettings, SweepSettings
from infra.bundling.service_model import compact
from infra.constructs.coldframe_function import ColdframeFunction
from infra.constructs.dead_letters import DeadLetters
from infra.constructs.ground import Ground
from infra.constructs.journeys import Journeys
from infra.constructs.leads_access import BROADCASTS, COMPANIES, MAILBOXES, SENDING, SWEEP
from infra.constructs.sweep_clock import NAME
from infra.logical_ids import camel
from infra.playbook.compiled import CompiledClient

NEVER = "at(2099-12-31T23:59:59)"
"""Where the sweep stands until a function moves it."""
DAILY = "cron(17 4 * * ? *)"
DEPLOYED = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE")
"""Created: also when the stack had gone, and comes back to the leads it left."""
SCHEDULED_TIME = "<aws.scheduler.scheduled-time>"


class Schedules(Construct):
    """The Scheduler only hands over to Lambda's queue; what fails there ends as a dead letter."""

    def __init__(
        self,
        scope: Construct,
        *,
        ground: Ground,
        journeys: Journeys,
        compiled: CompiledClient,
    ) -> None:
        super().__init__(scope, "Schedules")
        self._ground, self._leads, self._clock = ground, ground.leads, ground.clock
        self.dead = DeadLetters(
            self, "SchedulesDeadLetters", alarms=ground.alarms, of="scheduled calls"
        )
        self.broadcast = broadcast = self._broadcast()
        self.sweep = sweep = self._sweep(journeys, broadcast)
        self._may_call(broadcast, sweep)

        self._after_each_deployment(sweep)
        zone = compiled.client.zone
        self._call("Sweep", sweep, at=NEVER, name=NAME)
        self._call("DailyGuard", sweep, at=DAILY, zone=zone)
        for name, expression, its_zone in compiled.schedules:
            self._call(
                f"Broadcast{camel(name)}", broadcast, at=expression, zone=its_zone, broadcast=name
            )

    def _broadcast(self) -> ColdframeFunction:
        function = ColdframeFunction(
            self,
            "send_broadcast",
            layers=self._ground.layers.all,
            settings=BroadcastSettings(
                **self._ground.send_settings(), sweep_group=self._clock.group
            ),
            memory=512,
            timeout=Duration.minutes(15),
            dead_letters=self.dead,
        )
        self._leads.grant_work(function, BROADCASTS, SWEEP, MAILBOXES, SENDING)
        self._leads.grant_hear_pause(function)
        self._leads.grant_index(function, "roster")
        self._leads.grant_keys(function)
        self._ground.sending.grant_send(function)
        self._clock.grant_move(function)
        return function

    def _sweep(self, journeys: Journeys, broadcast: ColdframeFunction) -> ColdframeFunction:
        function = ColdframeFunction(
            self,
            "sweep_due",
            layers=self._ground.layers.all,
            settings=SweepSettings(
                table=self._leads.table,
                sweep_group=self._clock.group,
                machines=journeys.arns(),
                broadcast_function=broadcast.function_name,
            ),
            timeout=Duration.minutes(5),
            dead_letters=self.dead,
        )
        self._leads.grant_work(function, BROADCASTS, SWEEP, COMPANIES)
        self._leads.grant_index(function, "due")
        self._leads.grant_index(function, "roster")
        self._clock.grant_move(function)
        function.add_to_role_policy(_invoke(broadcast))
        if journeys.machines:
            journeys.grant_start(function)
            journeys.grant_stop(function)
        return function

    def _after_each_deployment(self, sweep: ColdframeFunction) -> None:
        """Machines and functions are all of one version then: what changed is walked through."""
        events.Rule(
            self,
            "Deployed",
            description="The client's playbook changed: its leads follow",
            event_pattern=events.EventPattern(
                source=["aws.cloudformation"],
                detail_type=["CloudFormation Stack Status Change"],
                detail={
                    "stack-id": [Stack.of(self).stack_id],
                    "status-details": {"status": list(DEPLOYED)},
                },
            ),
            targets=[
                targets.LambdaFunction(
                    sweep, dead_letter_queue=self.dead, max_event_age=Duration.hours(6)
                )
            ],
        )

    def daily(self, construct_id: str, function: ColdframeFunction, *, at: str) -> None:
        """``at``: a cron expression, in UTC."""
        self._may_call(function)
        self._call(construct_id, function, at=at)

    def grant_broadcast(self, function: ColdframeFunction) -> None:
        """May ask for a mail to one lead; what fails there ends as a dead letter."""
        function.add_to_role_policy(_invoke(self.broadcast))

    def _may_call(self, *functions: ColdframeFunction) -> None:
        self._clock.role.add_to_policy(_invoke(*functions))
        self.dead.grant(self._clock.role, "sqs:SendMessage")

    def _call(
        self,
        construct_id: str,
        function: ColdframeFunction,
        *,
        at: str,
        zone: str | None = None,
        name: str | None = None,
        **payload: str,
    ) -> None:
        """Twice is harmless: what is called goes by the scheduled time, not by its own."""
        scheduler.CfnSchedule(
            self,
            construct_id,
            name=name,
            group_name=self._clock.group,
            schedule_expression=at,
            schedule_expression_timezone=zone,
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=function.function_arn,
                role_arn=self._clock.role.role_arn,
                input=compact({**payload, "scheduled_at": SCHEDULED_TIME}),
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(
                    arn=self.dead.queue_arn
                ),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=6 * 3600, maximum_retry_attempts=20
                ),
            ),
        )


def _invoke(*functions: ColdframeFunction) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        actions=["lambda:InvokeFunction"],
        resources=[function.function_arn for function in functions],
    )
