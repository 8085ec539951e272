"""A queue for what could not be handled; it never stands without an alarm."""

from aws_cdk import Duration
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.accepted import accept
from infra.constructs.alarms import Alarms

END_OF_THE_LINE = (
    "this is the dead-letter queue: what is in it waits 14 days for a person, who is told by mail"
)


class DeadLetters(sqs.Queue):
    def __init__(self, scope: Construct, construct_id: str, *, alarms: Alarms, of: str) -> None:
        super().__init__(scope, construct_id, enforce_ssl=True, retention_period=Duration.days(14))
        accept(
            self,
            {
                "AwsSolutions-SQS3": END_OF_THE_LINE,
                "Serverless-SQSRedrivePolicy": END_OF_THE_LINE,
            },
        )
        alarms.on_messages(self, f"{of} could not be handled and wait in a dead-letter queue")
