"""The client's one alarm clock: a schedule that functions move to the earliest due instant."""

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.constructs.coldframe_function import ColdframeFunction

NAME = "sweep"


class SweepClock(Construct):
    """The group and its role; the schedules themselves come when there is something to call."""

    def __init__(self, scope: Construct) -> None:
        super().__init__(scope, "SweepClock")
        self.group = scheduler.CfnScheduleGroup(self, "Schedules").ref
        self.role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": Stack.of(self).account}},
            ),
        )

    def grant_move(self, function: ColdframeFunction) -> None:
        """May move ``sweep``, and nothing else; moving it hands its role back to the Scheduler."""
        schedule = Stack.of(self).format_arn(
            service="scheduler",
            resource="schedule",
            resource_name=f"{self.group}/{NAME}",
            arn_format=ArnFormat.SLASH_RESOURCE_NAME,
        )
        function.add_to_role_policy(
            iam.PolicyStatement(
                actions=["scheduler:GetSchedule", "scheduler:UpdateSchedule"], resources=[schedule]
            )
        )
        function.add_to_role_policy(
            iam.PolicyStatement(
                actions=["iam:PassRole"],
                resources=[self.role.role_arn],
                conditions={"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}},
            )
        )
