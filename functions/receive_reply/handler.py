"""SES, for every mail to the client's replies' mailbox: the mail itself lies in S3."""

from coldframe.adapters.aws import Clients
from coldframe.domain.replies.inbound import Delivery
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.receipts import receipts_endpoint
from coldframe.entrypoints.settings import ReplySettings
from coldframe.entrypoints.wiring_replies import receiving_replies

settings = ReplySettings.from_environment()
receive = receiving_replies(settings, Clients())


@observed
@receipts_endpoint
def handler(delivery: Delivery) -> str:
    return receive(delivery)
