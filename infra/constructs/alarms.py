"""Who is told when something needs a person, and what counts as that."""

from collections.abc import Sequence

from aws_cdk import Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.accepted import accept
from infra.constructs.coldframe_function import ColdframeFunction
from infra.place import Place

PERIOD = Duration.minutes(5)


class Alarms(Construct):
    """One topic per client and environment; every alarm mails the client's alert addresses."""

    def __init__(self, scope: Construct, *, place: Place, alerts: Sequence[str]) -> None:
        super().__init__(scope, "Alarms")
        self._place = place
        self.topic = sns.Topic(self, "Alerts", enforce_ssl=True)
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": Stack.of(self).account}},
            )
        )
        for address in alerts:
            self.topic.add_subscription(subscriptions.EmailSubscription(address))
        accept(
            self.topic,
            {
                "Serverless-SNSRedrivePolicy": "SNS retries mail for an hour by itself, and the"
                " alarm stays visible in CloudWatch until its cause is gone"
            },
        )

    def on_messages(self, queue: sqs.Queue, what: str) -> None:
        metric = queue.metric_approximate_number_of_messages_visible(
            period=PERIOD, statistic="Maximum"
        )
        self._alarm(f"{queue.node.id}Alarm", metric, what)

    def on_failures(self, function: ColdframeFunction, what: str) -> None:
        metric = function.metric_errors(period=PERIOD, statistic="Sum")
        self._alarm(f"{function.node.id}Alarm", metric, what)

    def on_server_errors(self, api: apigateway.IHttpApi, what: str) -> None:
        metric = cloudwatch.Metric(
            namespace="AWS/ApiGateway",
            metric_name="5xx",
            dimensions_map={"ApiId": api.api_id},
            period=PERIOD,
            statistic="Sum",
        )
        self._alarm("ServerErrorsAlarm", metric, what)

    def on_logged(self, name: str, functions: Sequence[ColdframeFunction], what: str) -> None:
        """Rings when a log line holds ``{"<name>": <a number above 0>}``, as metrics' lines do."""
        for function in functions:
            function.log.add_metric_filter(
                f"{name}Filter",
                filter_pattern=logs.FilterPattern.number_value(f"$.{name}", ">", 0),
                metric_namespace=self._place.metrics,
                metric_name=name,
                metric_value=f"$.{name}",
            )
        metric = cloudwatch.Metric(
            namespace=self._place.metrics, metric_name=name, period=PERIOD, statistic="Sum"
        )
        self._alarm(f"{name}Alarm", metric, what)

    def on_rate(self, metric: cloudwatch.Metric, threshold: float, what: str) -> cloudwatch.Alarm:
        name = metric.metric_name.rpartition(".")[2]
        return self._alarm(f"{name}Alarm", metric, what, threshold=threshold)

    def _alarm(
        self, construct_id: str, metric: cloudwatch.IMetric, what: str, *, threshold: float = 1
    ) -> cloudwatch.Alarm:
        alarm = cloudwatch.Alarm(
            self,
            construct_id,
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=f"{self._place.client} ({self._place.environment}): {what}.",
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
        return alarm
