"""Nothing fails in silence, and nothing is reached in the clear."""

import json

import pytest

from tests.infra.assembly import Stacks, texts


def test_every_dead_letter_queue_has_an_alarm(stacks: Stacks) -> None:
    queues = stacks.nurturing.of("SQS::Queue")
    dead = {name for name in queues if "DeadLetters" in name}
    watched = {
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in stacks.nurturing.of("CloudWatch::Alarm").values()
        for dimension in alarm.get("Dimensions", [])
        if dimension["Name"] == "QueueName"
    }

    assert len(dead) == 3
    assert watched == dead
    for name, queue in queues.items():
        assert name in dead or "RedrivePolicy" in queue, name


def test_whatever_is_called_asynchronously_has_dead_letters(stacks: Stacks) -> None:
    functions = stacks.nurturing.of("Lambda::Function")
    called_by_the_clock = {
        schedule["Target"]["Arn"]["Fn::GetAtt"][0]
        for schedule in stacks.nurturing.of("Scheduler::Schedule").values()
    }

    for name in called_by_the_clock | {"SendBroadcast"}:
        assert "DeadLetterConfig" in functions[name], name
    for schedule in stacks.nurturing.of("Scheduler::Schedule").values():
        assert "DeadLetterConfig" in schedule["Target"]


COUNTED = {
    "Stuck": {"Decide"},
    "Parked": {"React", "CarryOut"},
    "Again": {"React", "CarryOut", "SweepDue"},
}


@pytest.mark.parametrize("metric", COUNTED)
def test_what_got_stuck_was_parked_or_has_to_come_again_rings(stacks: Stacks, metric: str) -> None:
    """Lambda itself counts no error when records, or due items, are only told to have failed."""
    namespace = f"Coldframe/{stacks.client}/dev"
    filters = [
        one
        for one in stacks.nurturing.of("Logs::MetricFilter").values()
        if one["MetricTransformations"][0]["MetricName"] == metric
    ]
    rung = [
        alarm
        for alarm in stacks.nurturing.of("CloudWatch::Alarm").values()
        if alarm.get("MetricName") == metric and alarm["Namespace"] == namespace
    ]

    logs = {one["LogGroupName"]["Ref"] for one in filters}
    functions = stacks.nurturing.of("Lambda::Function")
    assert logs == {functions[name]["LoggingConfig"]["LogGroup"]["Ref"] for name in COUNTED[metric]}
    assert len(rung) == 1
    assert (rung[0]["Threshold"], rung[0]["EvaluationPeriods"]) == (1, 1)
    for one in filters:
        assert one["FilterPattern"] == f"{{ $.{metric} > 0 }}"
        assert one["MetricTransformations"][0]["MetricNamespace"] == namespace


def test_failing_reactions_and_failing_answers_ring(stacks: Stacks) -> None:
    alarms = json.dumps(stacks.nurturing.of("CloudWatch::Alarm"))

    assert '"React"' in alarms
    assert '"CarryOut"' in alarms
    assert '"5xx"' in alarms


def test_every_alarm_is_heard(stacks: Stacks) -> None:
    topics = stacks.nurturing.of("SNS::Topic")
    mailed = {
        one["TopicArn"]["Ref"]
        for one in stacks.nurturing.of("SNS::Subscription").values()
        if one["Protocol"] == "email"
    }

    for name, alarm in stacks.nurturing.of("CloudWatch::Alarm").items():
        heard, *calls = alarm["AlarmActions"]
        assert len(calls) == ("Reputation" in alarm["MetricName"]), name
        assert heard["Ref"] in topics, name
        assert heard["Ref"] in mailed, name
        assert alarm["TreatMissingData"] == "notBreaching", name


@pytest.mark.parametrize(
    ("kind", "policy", "names"),
    [
        ("SQS::Queue", "SQS::QueuePolicy", "Queues"),
        ("SNS::Topic", "SNS::TopicPolicy", "Topics"),
        ("S3::Bucket", "S3::BucketPolicy", "Bucket"),
    ],
)
def test_queues_topics_and_buckets_refuse_plain_http(
    stacks: Stacks, kind: str, policy: str, names: str
) -> None:
    for template in stacks.both:
        refusing = {
            name
            for one in template.of(policy).values()
            if '{"Bool": {"aws:SecureTransport": "false"}}' in json.dumps(one)
            for name in texts(one[names])
        }
        assert refusing == set(template.of(kind))


def test_an_idle_client_pays_for_few_alarms(stacks: Stacks) -> None:
    """Ten cents a month for each."""
    assert len(stacks.nurturing.of("CloudWatch::Alarm")) <= 12


@pytest.mark.parametrize(
    ("metric", "reviewed_at"), [("BounceRate", 0.05), ("ComplaintRate", 0.001)]
)
def test_a_rate_pauses_the_client_before_ses_reviews_the_account(
    stacks: Stacks, metric: str, reviewed_at: float
) -> None:
    (alarm,) = (
        one
        for one in stacks.nurturing.of("CloudWatch::Alarm").values()
        if one.get("MetricName") == f"Reputation.{metric}"
    )

    assert alarm["Threshold"] < reviewed_at
    assert {"Fn::GetAtt": ["PauseSending", "Arn"]} in alarm["AlarmActions"]
