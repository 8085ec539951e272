"""The client's standing with mailbox providers: its rates pause its marketing before SES does."""

import jsii
from aws_cdk import Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from constructs import Construct

from coldframe.entrypoints.settings import SuppressionSettings, TableSettings
from infra.constructs.coldframe_function import ColdframeFunction
from infra.constructs.ground import Ground
from infra.constructs.schedules import Schedules

RATES = {"BounceRate": 0.04, "ComplaintRate": 0.0008}
"""SES puts an account under review at 5 % of bounces and at 0.1 % of complaints."""
PERIOD = Duration.minutes(15)
DAILY = "cron(41 3 * * ? *)"


@jsii.implements(cloudwatch.IAlarmAction)
class Calling:
    """An alarm calls a function; CDK's own action writes a temporary path into the assembly."""

    def __init__(self, function_arn: str) -> None:
        self._function = function_arn

    def bind(self, scope: Construct, alarm: cloudwatch.IAlarm) -> cloudwatch.AlarmActionConfig:
        del scope, alarm  # the same whoever asks
        return cloudwatch.AlarmActionConfig(alarm_action_arn=self._function)


class Reputation(Construct):
    def __init__(
        self,
        scope: Construct,
        *,
        ground: Ground,
        schedules: Schedules,
    ) -> None:
        super().__init__(scope, "Reputation")
        self._sending, self._alarms = ground.sending, ground.alarms
        self._pause = ColdframeFunction(
            self,
            "pause_sending",
            layers=ground.layers.all,
            settings=TableSettings(table=ground.leads.table),
            dead_letters=schedules.dead,
        )
        ground.leads.grant_pause(self._pause)
        for metric, threshold in RATES.items():
            self._watch(metric, threshold)
        self._reconcile(ground, schedules)

    def _watch(self, metric: str, threshold: float) -> None:
        alarm = self._alarms.on_rate(
            cloudwatch.Metric(
                namespace="AWS/SES",
                metric_name=f"Reputation.{metric}",
                dimensions_map={"ses:configuration-set": self._sending.configuration_set},
                period=PERIOD,
                statistic="Maximum",
            ),
            threshold,
            f"{metric} is close to what SES reviews an account for; marketing mails are paused"
            " until `coldframe resume`",
        )
        self._pause.add_permission(
            f"{metric}Alarm",
            principal=iam.ServicePrincipal("lambda.alarms.cloudwatch.amazonaws.com"),
            source_account=Stack.of(self).account,
            source_arn=alarm.alarm_arn,
        )
        alarm.add_alarm_action(Calling(self._pause.function_arn))

    def _reconcile(self, ground: Ground, schedules: Schedules) -> None:
        leads = ground.leads
        reconcile = ColdframeFunction(
            self,
            "reconcile_suppressions",
            layers=ground.layers.all,
            settings=SuppressionSettings(
                table=leads.table, secret=leads.keys, tenant=self._sending.tenant
            ),
            timeout=Duration.minutes(5),
            dead_letters=schedules.dead,
        )
        leads.grant_work(reconcile)
        leads.grant_keys(reconcile)
        self._sending.grant_list_suppressed(reconcile)
        schedules.daily("DailyGuardSuppressions", reconcile, at=DAILY)
