"""What becomes of sent mails: SES → SNS → SQS → record_email_event."""

from aws_cdk import Duration
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from coldframe.entrypoints.settings import TableSettings
from infra.accepted import accept
from infra.constructs.coldframe_function import ColdframeFunction
from infra.constructs.dead_letters import DeadLetters
from infra.constructs.ground import Ground
from infra.constructs.mail_sending import MailSending

TIMEOUT = Duration.seconds(30)
ACCEPTED = {
    "Serverless-LambdaEventSourceMappingDestination": "the queue's own redrive policy keeps what"
    " fails five times; no bounce or complaint is lost"
}


class EmailEvents(Construct):
    def __init__(self, scope: Construct, *, ground: Ground) -> None:
        super().__init__(scope, "EmailEvents")
        dead = DeadLetters(self, "EmailEventsDeadLetters", alarms=ground.alarms, of="email events")
        queue = self._queue(ground.sending, dead)
        record = ColdframeFunction(
            self,
            "record_email_event",
            layers=ground.layers.all,
            settings=TableSettings(table=ground.leads.table),
            timeout=TIMEOUT,
        )
        ground.leads.grant_work(record)
        ground.leads.grant_look_up(record)
        record.add_event_source(
            sources.SqsEventSource(
                queue,
                batch_size=100,
                max_batching_window=Duration.seconds(2),
                max_concurrency=5,
                report_batch_item_failures=True,
            )
        )
        accept(record, ACCEPTED)

    def _queue(self, sending: MailSending, dead: DeadLetters) -> sqs.Queue:
        queue = sqs.Queue(
            self,
            "Queue",
            enforce_ssl=True,
            visibility_timeout=Duration.seconds(6 * TIMEOUT.to_seconds()),
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=5),
        )
        sending.events.add_subscription(
            subscriptions.SqsSubscription(queue, raw_message_delivery=True, dead_letter_queue=dead)
        )
        return queue
