"""A Lambda function of ours: its folder's name is its logical id, and every default is here."""

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from coldframe.entrypoints.settings import Settings
from infra.accepted import accept
from infra.bundling.code import function_code
from infra.logical_ids import camel, pin

USER_FACING = 512
"""Megabytes where someone waits for the answer: CPU comes with memory."""
BEHIND = 256

RUNTIME = (
    "python3.13 starts fastest of the supported ones and lives to mid-2029, as long as 3.14; a"
    " slower cold start is time that a visitor waits for the answer to a form"
)
ACCEPTED = {
    "AwsSolutions-L1": RUNTIME,
    "Serverless-LambdaLatestVersion": RUNTIME,
    "Serverless-LambdaDLQ": "only a function that is called asynchronously can lose an event in"
    " Lambda's own queue, and those are given dead letters; the others' callers keep theirs",
    "Serverless-LambdaTracing": "X-Ray costs per trace and would see lead ids of every visitor;"
    " the enrolment's and the message's own records say what happened and when",
}


class ColdframeFunction(lambda_.Function):
    """May write its own log and nothing else, until a ``grant_*`` says so."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        layers: Sequence[lambda_.ILayerVersion],
        settings: Settings,
        memory: int = BEHIND,
        timeout: Duration | None = None,
        dead_letters: sqs.IQueue | None = None,
    ) -> None:
        code = function_code(name)
        log = logs.LogGroup(
            scope,
            f"{camel(name)}Log",
            retention=logs.RetentionDays.THREE_MONTHS,
            removal_policy=RemovalPolicy.DESTROY,
        )
        role = iam.Role(
            scope, f"{camel(name)}Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com")
        )
        log.grant_write(role)
        super().__init__(
            scope,
            camel(name),
            code=lambda_.Code.from_asset(str(code.path), asset_hash=code.hash),
            handler=f"functions.{name}.handler.handler",
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=memory,
            timeout=timeout or Duration.seconds(20),
            layers=list(layers),
            environment=settings.to_environment(),
            role=role,
            log_group=log,
            logging_format=lambda_.LoggingFormat.JSON,
            application_log_level_v2=lambda_.ApplicationLogLevel.INFO,
            system_log_level_v2=lambda_.SystemLogLevel.WARN,
            tracing=lambda_.Tracing.DISABLED,
            dead_letter_queue=dead_letters,
        )
        self.log = log
        pin(self, camel(name))
        accept(self, ACCEPTED)
