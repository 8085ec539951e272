"""Queues and streams feed functions with Lambda's own rules for what fails."""

# JSON may be anything
from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.e2e.cloud import things
from workbench.cloud.local_cloud import LocalCloud

PARTIAL = """
import json
def handler(event, context):
    bad = [r["messageId"] for r in event["Records"] if json.loads(r["body"])["bad"]]
    return {"batchItemFailures": [{"itemIdentifier": one} for one in bad]}
"""


def feed(cloud: LocalCloud, source: str, called: str, **options: Any) -> str:
    answer = cloud.client("lambda").create_event_source_mapping(
        EventSourceArn=source, FunctionName=called, **options
    )
    return str(answer["UUID"])


def test_a_failed_message_comes_back_after_its_timeout_and_ends_with_the_dead(
    cloud: LocalCloud,
) -> None:
    dead, dead_arn = things.queue(cloud)
    redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 3})
    url, arn = things.queue(cloud, VisibilityTimeout="60", RedrivePolicy=redrive)
    partial = things.function(cloud, PARTIAL)
    feed(cloud, arn, partial, FunctionResponseTypes=["ReportBatchItemFailures"])
    began = cloud.now()

    cloud.client("sqs").send_message_batch(
        QueueUrl=url,
        Entries=[
            {"Id": str(number), "MessageBody": json.dumps({"bad": number == 1})}
            for number in range(3)
        ],
    )
    cloud.settle()
    assert cloud.next_deadline() == began + timedelta(seconds=60)
    cloud.advance(timedelta(minutes=10))

    assert things.received(cloud, dead) == [{"bad": True}]
    assert things.received(cloud, url) == []


def test_a_delayed_message_is_a_deadline(cloud: LocalCloud) -> None:
    url, arn = things.queue(cloud)
    noting, inbox = things.recorder(cloud)
    feed(cloud, arn, noting)
    due = cloud.now() + timedelta(seconds=300)

    cloud.client("sqs").send_message(QueueUrl=url, MessageBody="{}", DelaySeconds=300)
    cloud.settle()
    assert things.received(cloud, inbox) == []
    assert cloud.next_deadline() == due
    cloud.run_until(due)

    assert len(things.received(cloud, inbox)) == 1


def put(cloud: LocalCloud, table: str, *keys: str) -> None:
    for key in keys:
        item = {"pk": {"S": key}, "kind": {"S": key[0]}}
        cloud.client("dynamodb").put_item(TableName=table, Item=item)


def keys(event: dict[str, Any]) -> list[str]:
    return [record["dynamodb"]["Keys"]["pk"]["S"] for record in event["Records"]]


def test_two_functions_read_one_stream_each_by_its_own_filter(cloud: LocalCloud) -> None:
    table, arn = things.stream_table(cloud)
    inboxes = {}
    for kind in ("a", "b"):
        noting, inboxes[kind] = things.recorder(cloud)
        pattern = {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"kind": {"S": [kind]}}}}
        feed(
            cloud,
            arn,
            noting,
            StartingPosition="LATEST",
            FilterCriteria={"Filters": [{"Pattern": json.dumps(pattern)}]},
        )

    put(cloud, table, "a1", "b1", "a2", "c1")
    put(cloud, table, "a1")
    cloud.settle()

    found = {
        kind: [key for event in things.received(cloud, url) for key in keys(event)]
        for kind, url in inboxes.items()
    }
    assert found == {"a": ["a1", "a2"], "b": ["b1"]}


CHOOSY = """
import boto3, json
sqs = boto3.client("sqs")
def handler(event, context):
    keys = [record["dynamodb"]["Keys"]["pk"]["S"] for record in event["Records"]]
    sqs.send_message(QueueUrl={url!r}, MessageBody=json.dumps(keys))
    if "poison" in keys:
        raise ValueError("poison")
"""


def test_a_poisoned_batch_is_halved_retried_and_put_aside(cloud: LocalCloud) -> None:
    table, arn = things.stream_table(cloud)
    aside, aside_arn = things.queue(cloud)
    tried, _ = things.queue(cloud)
    choosy = things.function(cloud, CHOOSY.replace("{url!r}", repr(tried)))
    uuid = feed(
        cloud,
        arn,
        choosy,
        StartingPosition="TRIM_HORIZON",
        BatchSize=4,
        Enabled=False,
        BisectBatchOnFunctionError=True,
        MaximumRetryAttempts=2,
        DestinationConfig={"OnFailure": {"Destination": aside_arn}},
    )
    put(cloud, table, "k1", "k2", "poison", "k4", "k5")

    cloud.client("lambda").update_event_source_mapping(UUID=uuid, Enabled=True)
    cloud.settle()
    cloud.advance(timedelta(minutes=5))

    batches = things.received(cloud, tried)
    assert batches[0] == ["k1", "k2", "poison", "k4"]
    assert ["k1", "k2"] in batches
    assert batches.count(["poison"]) == 3
    assert "k5" in batches[-1]
    (note,) = things.received(cloud, aside)
    assert note["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert note["DDBStreamBatchInfo"]["batchSize"] == 1


def test_a_reported_record_is_retried_from_its_place_and_a_bucket_keeps_what_failed(
    cloud: LocalCloud,
) -> None:
    table, arn = things.stream_table(cloud)
    bucket = things.name("bucket")
    cloud.client("s3").create_bucket(Bucket=bucket)
    answer = (
        "{'batchItemFailures': [{'itemIdentifier': r['dynamodb']['SequenceNumber']}"
        " for r in event['Records'] if r['dynamodb']['Keys']['pk']['S'] == 'bad']}"
    )
    noting, inbox = things.recorder(cloud, answer=answer)
    uuid = feed(
        cloud,
        arn,
        noting,
        StartingPosition="TRIM_HORIZON",
        Enabled=False,
        MaximumRetryAttempts=1,
        FunctionResponseTypes=["ReportBatchItemFailures"],
        DestinationConfig={"OnFailure": {"Destination": f"arn:aws:s3:::{bucket}"}},
    )
    put(cloud, table, "k1", "bad", "k3")

    cloud.client("lambda").update_event_source_mapping(UUID=uuid, Enabled=True)
    cloud.advance(timedelta(minutes=5))

    assert [keys(event) for event in things.received(cloud, inbox)] == [
        ["k1", "bad", "k3"],
        ["bad", "k3"],
    ]
    (kept,) = cloud.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    note = json.loads(cloud.client("s3").get_object(Bucket=bucket, Key=kept["Key"])["Body"].read())
    assert keys(json.loads(note["payload"])) == ["bad", "k3"]


def test_what_lived_its_time_is_deleted_and_the_stream_says_by_whom(cloud: LocalCloud) -> None:
    table, arn = things.stream_table(cloud)
    noting, inbox = things.recorder(cloud)
    feed(cloud, arn, noting, StartingPosition="LATEST")
    data = cloud.client("dynamodb")
    data.update_time_to_live(
        TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": "until"}
    )
    until = int((cloud.now() + timedelta(hours=5)).timestamp())
    data.put_item(TableName=table, Item={"pk": {"S": "a"}, "until": {"N": str(until)}})

    cloud.advance(timedelta(hours=7))

    assert "Item" not in data.get_item(TableName=table, Key={"pk": {"S": "a"}})
    removed = things.received(cloud, inbox)[-1]["Records"][0]
    assert (removed["eventName"], removed["userIdentity"]["type"]) == ("REMOVE", "Service")


@pytest.mark.parametrize("count", [40])
def test_a_burst_is_drained_before_the_cloud_is_settled(cloud: LocalCloud, count: int) -> None:
    url, arn = things.queue(cloud)
    noting, inbox = things.recorder(cloud)
    feed(cloud, arn, noting)

    for number in range(count):
        cloud.client("sqs").send_message(QueueUrl=url, MessageBody=str(number))
    cloud.settle()

    bodies = [
        record["body"] for event in things.received(cloud, inbox) for record in event["Records"]
    ]
    assert sorted(map(int, bodies)) == list(range(count))


def test_a_stored_object_reaches_its_function_before_the_cloud_is_settled(
    cloud: LocalCloud,
) -> None:
    noting, inbox = things.recorder(cloud)
    bucket, storage = things.name("bucket"), cloud.client("s3")
    storage.create_bucket(Bucket=bucket)
    cloud.client("lambda").add_permission(
        FunctionName=noting,
        StatementId="s3",
        Action="lambda:InvokeFunction",
        Principal="s3.amazonaws.com",
    )
    listener = {
        "LambdaFunctionArn": things.function_arn(noting),
        "Events": ["s3:ObjectCreated:*"],
    }
    storage.put_bucket_notification_configuration(
        Bucket=bucket,
        NotificationConfiguration={"LambdaFunctionConfigurations": [listener]},
    )

    storage.put_object(Bucket=bucket, Key="mail/1", Body=b"x")
    cloud.settle()

    (event,) = [one for one in things.received(cloud, inbox) if "Records" in one]
    assert event["Records"][0]["s3"]["object"]["key"] == "mail/1"
