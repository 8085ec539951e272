"""SES as its callers and its listeners know it: mails kept, events told, faults on demand."""

# JSON may be anything
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError

from tests.e2e.cloud import things
from workbench.cloud.local_cloud import LocalCloud
from workbench.cloud.mail.message import Message
from workbench.cloud.mail.ses import Fault

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "ses-events"
KINDS = ["SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "OPEN", "CLICK", "REJECT", "DELIVERY_DELAY"]


@pytest.fixture(scope="module")
def inbox(cloud: LocalCloud) -> str:
    """A queue that hears everything of the configuration set `told`, raw, by way of a topic."""
    ses, sns = cloud.client("sesv2"), cloud.client("sns")
    url, queue = things.queue(cloud)
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue,
    }
    cloud.client("sqs").set_queue_attributes(
        QueueUrl=url, Attributes={"Policy": json.dumps({"Statement": [statement]})}
    )
    topic = sns.create_topic(Name="told")["TopicArn"]
    raw = {"RawMessageDelivery": "true"}
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue, Attributes=raw)
    ses.create_email_identity(EmailIdentity="told.example")
    ses.create_configuration_set(ConfigurationSetName="told")
    ses.create_configuration_set_event_destination(
        ConfigurationSetName="told",
        EventDestinationName="topic",
        EventDestination={
            "Enabled": True,
            "MatchingEventTypes": KINDS,
            "SnsDestination": {"TopicArn": topic},
        },
    )
    return url


def send(cloud: LocalCloud, to: str = "ada@example.com", **options: Any) -> Message:
    usual = {
        "FromEmailAddress": "Told <hello@told.example>",
        "Destination": {"ToAddresses": [to]},
        "Content": {"Simple": {"Subject": {"Data": "Hi"}, "Body": {"Text": {"Data": "x"}}}},
        "ConfigurationSetName": "told",
        "EmailTags": [{"Name": "lead", "Value": "42"}],
    }
    through = options.pop("through", cloud.client("sesv2"))
    return cloud.sent[through.send_email(**{**usual, **options})["MessageId"]]


def heard(cloud: LocalCloud, inbox: str) -> list[Any]:
    cloud.settle()
    return things.received(cloud, inbox)


def shape(value: Any) -> Any:
    """A record with its values taken out; headers and tags hold anything."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items() if key not in ("headers", "tags")}
    return [shape(value[0])] if isinstance(value, list) and value else type(value).__name__


@pytest.mark.skipif(not SAMPLES.exists(), reason="AWS's own samples are not beside this checkout")
def test_events_have_the_fields_of_awss_samples(cloud: LocalCloud, inbox: str) -> None:
    message = send(cloud)
    heard(cloud, inbox)
    made = {
        "evpub-open-record-06": cloud.sent.opened(message),
        "evpub-click-record-07": cloud.sent.clicked(message, "https://x.example"),
        "evpub-bounce-record-01": cloud.sent.bounced(message),
        "evpub-complaint-record-02": cloud.sent.complained(message),
        "evpub-delivery-record-03": cloud.sent.delivered(message),
    }

    for name, record in made.items():
        sample = json.loads((SAMPLES / f"{name}.json").read_text())
        kind = sample["eventType"].lower()
        assert set(shape(sample)[kind]) - {"linkTags"} <= set(shape(record)[kind]), name
        assert set(shape(sample)["mail"]) <= set(shape(record)["mail"]), name
    assert heard(cloud, inbox) == list(made.values())


def test_a_sent_mail_is_told_and_then_delivered(cloud: LocalCloud, inbox: str) -> None:
    message = send(cloud)

    told = heard(cloud, inbox)

    assert [record["eventType"] for record in told] == ["Send", "Delivery"]
    tags = told[0]["mail"]["tags"]
    assert (tags["lead"], tags["ses:configuration-set"]) == (["42"], ["told"])
    assert told[0]["mail"]["messageId"] == message.id


def test_scanners_and_people_can_be_told_apart(cloud: LocalCloud, inbox: str) -> None:
    message = send(cloud)
    heard(cloud, inbox)

    cloud.sent.clicked(message, "https://x.example", bot="Likely", user_agent="Scanner/1.0")

    (click,) = heard(cloud, inbox)
    assert (click["click"]["isBotEvent"], click["click"]["userAgent"]) == ("Likely", "Scanner/1.0")


@pytest.mark.parametrize(
    ("weight", "kind", "sub_kind"),
    [("hard", "Permanent", "General"), ("soft", "Transient", "MailboxFull")],
)
def test_bounces_are_hard_or_soft(
    cloud: LocalCloud, inbox: str, weight: str, kind: str, sub_kind: str
) -> None:
    message = send(cloud)
    heard(cloud, inbox)

    cloud.sent.bounced(message, hard=weight == "hard")

    (bounce,) = [record["bounce"] for record in heard(cloud, inbox)]
    assert (bounce["bounceType"], bounce["bounceSubType"]) == (kind, sub_kind)
    assert bounce["bouncedRecipients"][0]["emailAddress"] == "ada@example.com"


def test_the_simulators_addresses_do_what_they_say(cloud: LocalCloud, inbox: str) -> None:
    send(cloud, "bounce@simulator.amazonses.com")
    send(cloud, "complaint+1@simulator.amazonses.com")

    kinds = sorted(record["eventType"] for record in heard(cloud, inbox))

    assert kinds == ["Bounce", "Complaint", "Delivery", "Send", "Send"]


def test_events_reach_the_bus_as_well(cloud: LocalCloud) -> None:
    ses, events = cloud.client("sesv2"), cloud.client("events")
    noting, inbox = things.recorder(cloud)
    ses.create_configuration_set(ConfigurationSetName="bus")
    ses.create_configuration_set_event_destination(
        ConfigurationSetName="bus",
        EventDestinationName="bus",
        EventDestination={
            "Enabled": True,
            "MatchingEventTypes": ["SEND"],
            "EventBridgeDestination": {
                "EventBusArn": "arn:aws:events:us-east-1:000000000000:event-bus/default"
            },
        },
    )
    events.put_rule(Name="mail", EventPattern='{"source": ["aws.ses"]}')
    events.put_targets(Rule="mail", Targets=[{"Id": "1", "Arn": things.function_arn(noting)}])

    message = send(cloud, ConfigurationSetName="bus")
    cloud.settle()

    (event,) = things.received(cloud, inbox)
    assert event["detail-type"] == "Email Sent"
    assert event["detail"]["mail"]["messageId"] == message.id


@pytest.mark.usefixtures("inbox")
def test_a_raw_mail_is_read_like_a_simple_one(cloud: LocalCloud) -> None:
    raw = b"From: hello@told.example\r\nTo: ada@example.com\r\nSubject: Raw\r\nX-Own: 1\r\n\r\nBody"

    answer = cloud.client("sesv2").send_email(
        Content={"Raw": {"Data": raw}},
        Destination={"ToAddresses": ["ada@example.com"]},
        FromEmailAddress="hello@told.example",
    )

    message = cloud.sent[answer["MessageId"]]
    assert (message.subject, message.text, message.header("X-Own")) == ("Raw", "Body", "1")


@pytest.mark.usefixtures("inbox")
@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"ConfigurationSetName": "nowhere"}, "NotFoundException"),
        ({"EmailTags": [{"Name": "a", "Value": "no spaces please"}]}, "BadRequestException"),
    ],
)
def test_ses_refuses_what_it_would_refuse(
    cloud: LocalCloud, options: dict[str, Any], error: str
) -> None:
    with pytest.raises(ClientError, match=error):
        send(cloud, **options)


@pytest.mark.usefixtures("inbox")
def test_an_unverified_sender_is_refused(cloud: LocalCloud) -> None:
    with pytest.raises(ClientError, match="MessageRejected"):
        send(cloud, FromEmailAddress="who@unknown.example")


@pytest.mark.usefixtures("inbox")
@pytest.mark.parametrize(
    ("fault", "error", "sent"),
    [
        (Fault.THROTTLED, "TooManyRequestsException", 0),
        (Fault.BROKEN, "InternalServiceErrorException", 0),
    ],
)
def test_ses_fails_when_it_is_told_to(
    cloud: LocalCloud, fault: Fault, error: str, sent: int
) -> None:
    before = cloud.usage()
    cloud.faults = lambda _message: fault
    try:
        with pytest.raises(ClientError, match=error):
            send(cloud)
    finally:
        cloud.faults = lambda _message: None

    used = cloud.usage().since(before)
    assert (used.mail_requests, used.mails) == (1, sent)


def test_an_answer_may_get_lost_after_the_mail_was_sent(cloud: LocalCloud, inbox: str) -> None:
    impatient = boto3.client(
        "sesv2",
        endpoint_url=cloud.endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )
    cloud.faults = lambda message: Fault.LOST_ANSWER if message.to[0].startswith("lost") else None
    before = cloud.usage()
    try:
        with pytest.raises(HTTPClientError):
            send(cloud, "lost@example.com", through=impatient)
    finally:
        cloud.faults = lambda _message: None

    assert cloud.usage().since(before).mails == 1
    kinds = [record["eventType"] for record in heard(cloud, inbox)]
    assert kinds == ["Send", "Delivery"]
