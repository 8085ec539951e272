"""SQS, fed by SNS: what SES tells of our mails."""

from collections.abc import Mapping, Sequence

from coldframe.adapters.aws import Clients
from coldframe.domain.email_event import EmailEvent
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.settings import TableSettings
from coldframe.entrypoints.sqs import email_events_endpoint
from coldframe.entrypoints.wiring_reactions import email_event_recording

settings = TableSettings.from_environment()
record = email_event_recording(settings, Clients())


@observed
@email_events_endpoint
def handler(events: Sequence[EmailEvent]) -> Mapping[str, Exception]:
    return record(events)
