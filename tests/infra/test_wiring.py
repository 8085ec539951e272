"""Who calls whom: routes, streams, queues, schedules and journeys."""

import json
from pathlib import Path
from typing import Any

from coldframe.adapters.botocore_clients import NEVER_REPEATED
from tests.infra.assembly import Stacks, Template, texts

DEPLOYED = Path(__file__).parents[2] / "events/schedule/deployed.json"
ROUTES = {
    "GET /forms/{form}": "ShowForm",
    "POST /forms/{form}": "CaptureLead",
    "GET /activity": "RecordVisit",
    "POST /activity": "RecordVisit",
    "POST /events": "RecordEvent",
    "POST /hooks/{source}": "ReceiveHook",
    "GET /go/{token}": "FollowLink",
    "HEAD /go/{token}": "FollowLink",
    "GET /files/{hash}/{name}": "ServeFile",
    "HEAD /files/{hash}/{name}": "ServeFile",
    "GET /confirm/{token}": "ConfirmConsent",
    "POST /confirm/{token}": "ConfirmConsent",
    "POST /forms/{form}/asked": "ConfirmConsent",
    "GET /preferences/{token}": "ChoosePreferences",
    "POST /preferences/{token}": "ChoosePreferences",
    "GET /unsubscribe/{token}": "Unsubscribe",
    "POST /unsubscribe/{token}": "Unsubscribe",
}


def test_the_routes_are_these(stacks: Stacks) -> None:
    integrations = stacks.nurturing.of("ApiGatewayV2::Integration")
    answered_by = {
        route["RouteKey"]: integrations[_integration(route)]["IntegrationUri"]["Fn::GetAtt"][0]
        for route in stacks.nurturing.of("ApiGatewayV2::Route").values()
    }

    assert answered_by == ROUTES


def test_every_route_has_a_fuse(stacks: Stacks) -> None:
    (stage,) = stacks.nurturing.of("ApiGatewayV2::Stage").values()

    assert set(stage["RouteSettings"]) == set(ROUTES)
    for limits in stage["RouteSettings"].values():
        assert 0 < limits["ThrottlingRateLimit"] <= 100
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] <= 10


def test_access_logs_hold_the_route_and_neither_path_nor_token_nor_visitor(
    stacks: Stacks,
) -> None:
    (stage,) = stacks.nurturing.of("ApiGatewayV2::Stage").values()
    logged = set(json.loads(stage["AccessLogSettings"]["Format"]).values())

    assert logged == {
        "$context.routeKey",
        "$context.status",
        "$context.responseLatency",
        "$context.requestId",
    }


def test_the_stream_brings_new_touchpoints_to_react_and_decisions_to_carry_out(
    stacks: Stacks,
) -> None:
    heard = {
        mapping["FunctionName"]["Ref"]: json.loads(
            mapping["FilterCriteria"]["Filters"][0]["Pattern"]
        )
        for mapping in _stream_mappings(stacks.nurturing)
    }

    in_bulk = {"NewImage": {"kind": {"S": [{"anything-but": ["lead.imported"]}]}}}
    assert heard == {"React": _inserted("T#", **in_bulk), "CarryOut": _inserted("D#")}


def test_one_poisoned_record_holds_up_nobody(stacks: Stacks) -> None:
    for mapping in _stream_mappings(stacks.nurturing):
        assert mapping["BisectBatchOnFunctionError"] is True
        assert mapping["MaximumRetryAttempts"] == 3
        assert mapping["MaximumRecordAgeInSeconds"] == 3600
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["StartingPosition"] == "TRIM_HORIZON"
        kept = json.dumps(mapping["DestinationConfig"]["OnFailure"]["Destination"])
        assert ":s3:::" in kept


def test_what_ses_says_reaches_the_queue_and_its_function(stacks: Stacks) -> None:
    template = stacks.nurturing
    (destination,) = template.of("SES::ConfigurationSetEventDestination").values()
    topic = destination["EventDestination"]["SnsDestination"]["TopicARN"]["Ref"]
    (subscription,) = (
        one for one in template.of("SNS::Subscription").values() if one["Protocol"] == "sqs"
    )
    queue = subscription["Endpoint"]["Fn::GetAtt"][0]
    (mapping,) = (
        one
        for one in template.of("Lambda::EventSourceMapping").values()
        if one["EventSourceArn"] == {"Fn::GetAtt": [queue, "Arn"]}
    )

    assert subscription["TopicArn"] == {"Ref": topic}
    assert subscription["RawMessageDelivery"] is True
    assert mapping["FunctionName"] == {"Ref": "RecordEmailEvent"}
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert "ses.amazonaws.com" in _who_may(template, "SNS::TopicPolicy", topic)
    assert "sns.amazonaws.com" in _who_may(template, "SQS::QueuePolicy", queue)
    assert {"BOUNCE", "COMPLAINT", "DELIVERY", "OPEN", "REJECT", "SEND"} <= set(
        destination["EventDestination"]["MatchingEventTypes"]
    )


def test_a_client_mails_and_is_suppressed_on_its_own(stacks: Stacks) -> None:
    (tenant,) = stacks.nurturing.of("SES::Tenant").values()
    associated = "".join(texts(tenant["ResourceAssociations"]))

    assert tenant["SuppressionAttributes"]["SuppressionScope"] == "TENANT"
    assert ":identity/" in associated
    assert f":configuration-set/{stacks.client}-dev" in associated


def test_the_sweep_stands_still_until_it_is_moved_and_is_guarded_daily(stacks: Stacks) -> None:
    schedules = [
        one
        for one in stacks.nurturing.of("Scheduler::Schedule").values()
        if one["Target"]["Arn"]["Fn::GetAtt"][0] == "SweepDue"
    ]

    at, daily = sorted(schedules, key=lambda one: str(one["ScheduleExpression"]))
    assert (at["Name"], at["ScheduleExpression"]) == ("sweep", "at(2099-12-31T23:59:59)")
    assert daily["ScheduleExpression"].startswith("cron(")


def test_the_end_of_each_deployment_of_this_stack_rings_the_sweep(stacks: Stacks) -> None:
    (rule,) = stacks.nurturing.of("Events::Rule").values()
    told = json.loads(DEPLOYED.read_text(encoding="utf-8"))

    (target,) = rule["Targets"]
    assert target["Arn"]["Fn::GetAtt"][0] == "SweepDue"
    assert "DeadLetterConfig" in target
    pattern = rule["EventPattern"]
    assert told["source"] in pattern["source"]
    assert told["detail-type"] in pattern["detail-type"]
    assert pattern["detail"]["stack-id"] == [{"Ref": "AWS::StackId"}]
    statuses = pattern["detail"]["status-details"]["status"]
    assert told["detail"]["status-details"]["status"] in statuses
    assert set(statuses) == {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"}


def test_whatever_is_called_by_the_clock_learns_the_scheduled_time(stacks: Stacks) -> None:
    for schedule in stacks.nurturing.of("Scheduler::Schedule").values():
        called = json.loads(schedule["Target"]["Input"])
        assert called["scheduled_at"] == "<aws.scheduler.scheduled-time>"


def test_broadcasts_go_by_the_clients_own_clock(stacks: Stacks) -> None:
    broadcasts = {
        json.loads(one["Target"]["Input"]).get("broadcast"): one["ScheduleExpressionTimezone"]
        for one in stacks.nurturing.of("Scheduler::Schedule").values()
        if one["Target"]["Arn"]["Fn::GetAtt"][0] == "SendBroadcast"
    }

    assert None not in broadcasts
    assert all("/" in zone for zone in broadcasts.values())


def test_journeys_keep_their_machine_and_share_the_retained_role(stacks: Stacks) -> None:
    for name, resource in stacks.nurturing.resources.items():
        if resource["Type"] == "AWS::StepFunctions::StateMachine":
            assert name.endswith("Journey")
            assert resource["DeletionPolicy"] == "Retain"
            assert "journeyrole" in json.dumps(resource["Properties"]["RoleArn"])


def test_journeys_call_the_steps_by_reference(stacks: Stacks) -> None:
    names = ("SendMessage", "Decide", "HandOff", "CallWebhook")
    steps = {f"{name}Arn": name for name in names}

    for machine in stacks.nurturing.of("StepFunctions::StateMachine").values():
        for hole, filled in machine["DefinitionSubstitutions"].items():
            assert filled == {"Fn::GetAtt": [steps[hole], "Arn"]}
        assert "arn:aws:lambda" not in machine["DefinitionString"]


def _integration(route: dict[str, Any]) -> str:
    return str(route["Target"]["Fn::Join"][1][1]["Ref"])


def _stream_mappings(template: Template) -> list[dict[str, Any]]:
    mappings = template.of("Lambda::EventSourceMapping").values()
    return [mapping for mapping in mappings if "FilterCriteria" in mapping]


def _inserted(prefix: str, **but: Any) -> dict[str, Any]:
    return {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"sk": {"S": [{"prefix": prefix}]}}, **but},
    }


def _who_may(template: Template, kind: str, resource: str) -> set[str]:
    """The services that the resource's own policy lets in."""
    return {
        statement["Principal"]["Service"]
        for policy in template.of(kind).values()
        if {"Ref": resource} in [*policy.get("Topics", []), *policy.get("Queues", [])]
        for statement in policy["PolicyDocument"]["Statement"]
        if "Service" in (statement["Principal"] if isinstance(statement["Principal"], dict) else {})
    }


def test_what_ses_says_is_tried_often_enough_and_never_by_two_at_once(stacks: Stacks) -> None:
    (queue,) = (one for one in stacks.nurturing.of("SQS::Queue").values() if "RedrivePolicy" in one)
    timeout = stacks.nurturing.of("Lambda::Function")["RecordEmailEvent"]["Timeout"]

    assert queue["VisibilityTimeout"] >= 6 * timeout
    assert queue["RedrivePolicy"]["maxReceiveCount"] >= 5


def test_the_clock_calls_again_what_could_not_be_called(stacks: Stacks) -> None:
    for schedule in stacks.nurturing.of("Scheduler::Schedule").values():
        assert schedule["Target"]["RetryPolicy"]["MaximumRetryAttempts"] >= 10


def test_whoever_sends_outlives_a_call_to_ses_that_gets_no_answer(stacks: Stacks) -> None:
    for name in ("SendMessage", "HandOff", "SendBroadcast"):
        timeout = stacks.nurturing.of("Lambda::Function")[name]["Timeout"]
        assert timeout > NEVER_REPEATED.read_timeout  # type: ignore[attr-defined]  # set dynamically
