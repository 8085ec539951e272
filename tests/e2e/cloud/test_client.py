"""A deployed client works from the form post to the click, over the real wires."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloud.conftest import Client
from workbench.cloud.local_cloud import LocalCloud
from workbench.cloud.meters.usage import Usage


def status(client: Client, email: str) -> tuple[str, object]:
    states = client.cloud.client("stepfunctions")
    told = states.describe_execution(executionArn=client.execution(email))
    return told["status"], json.loads(told.get("output") or "null")


def told_events(client: Client, email: str) -> set[str]:
    """The kinds of mail events that reached the table."""
    data = client.cloud.client("dynamodb")
    kinds = set()
    for mail in client.cloud.sent.to(email):
        found = data.query(
            TableName=client.table,
            KeyConditionExpression="pk = :m AND begins_with(sk, :e)",
            ExpressionAttributeValues={":m": {"S": mail.id}, ":e": {"S": "event#"}},
        )
        kinds |= {item["sk"]["S"].removeprefix("event#") for item in found["Items"]}
    return kinds


def test_a_lead_is_nurtured_until_it_clicks(cloud: LocalCloud, client: Client) -> None:
    reply = client.post("ada@example.com")
    assert (reply.status, reply.header("location")) == (303, "/thanks"), reply.text

    cloud.settle()
    cloud.advance(timedelta(days=2))
    welcome, asked = cloud.sent.to("ada@example.com")
    cloud.sent.clicked(asked, asked.links[0])
    cloud.settle()

    assert asked.at - welcome.at == timedelta(days=2)
    assert status(client, "ada@example.com") == ("SUCCEEDED", {"clicked": True})


def test_a_lead_that_never_clicks_times_out_exactly_when_it_should(
    cloud: LocalCloud, client: Client
) -> None:
    began = cloud.now()
    client.post("bob@example.com")

    cloud.advance(timedelta(days=4))

    states = cloud.client("stepfunctions")
    done = states.describe_execution(executionArn=client.execution("bob@example.com"))
    assert json.loads(done["output"]) == {"clicked": False}
    assert done["stopDate"] - began == timedelta(days=3)


def test_the_mail_is_kept_as_it_was_handed_over(cloud: LocalCloud, client: Client) -> None:
    client.post("cleo@example.com")
    cloud.settle()

    (mail,) = cloud.sent.to("cleo@example.com")

    assert (mail.subject, mail.text, mail.sender) == ("Welcome", "go", "Acme <hello@acme.example>")
    assert mail.header("List-Unsubscribe") == "<https://acme.example/u>"
    assert (mail.tags, mail.configuration_set) == ({"lead": "cleo@example.com"}, "acme")
    assert mail.links == ["https://acme.example/x?a=1&b=2"]


def test_the_stream_reaches_its_function_filtered(cloud: LocalCloud, client: Client) -> None:
    before = cloud.usage()

    client.post("dora@example.com")
    cloud.settle()

    key = {"pk": {"S": "dora@example.com"}, "sk": {"S": "profile"}}
    assert "Item" in cloud.client("dynamodb").get_item(TableName=client.table, Key=key)
    assert cloud.usage().since(before).invocations[client.react] == 1


def test_usage_is_what_the_code_used_not_what_the_test_did(
    cloud: LocalCloud, client: Client
) -> None:
    before = cloud.usage()

    client.post("emil@example.com")
    cloud.settle()
    cloud.client("dynamodb").scan(TableName=client.table)

    used: Usage = cloud.usage().since(before)
    assert used.calls["sesv2", "SendEmail"] == used.mail_requests == used.mails == 1
    assert used.calls["stepfunctions", "StartExecution"] == 1
    assert used.calls["dynamodb", "PutItem"] == 4
    assert used.calls["dynamodb", "Scan"] == 0
    touchpoint_and_profile, events_over_a_kilobyte = 2 * (1 + 1), 2 * 2
    assert used.write_units == touchpoint_and_profile + events_over_a_kilobyte
    assert used.transitions == 2


def test_with_permissions_enforced_the_client_still_works(
    cloud: LocalCloud, client: Client
) -> None:
    cloud.enforce_iam = True
    try:
        assert client.post("finn@example.com").status == 303
        cloud.advance(timedelta(days=4))
        assert status(client, "finn@example.com") == ("SUCCEEDED", {"clicked": False})
        assert told_events(client, "finn@example.com") == {"Send", "Delivery"}
    finally:
        cloud.enforce_iam = False


def test_a_missing_grant_is_noticed(cloud: LocalCloud, client: Client) -> None:
    iam = cloud.client("iam")
    policy = iam.get_role_policy(RoleName=client.send_role, PolicyName="send")["PolicyDocument"]
    iam.delete_role_policy(RoleName=client.send_role, PolicyName="send")
    cloud.enforce_iam = True
    try:
        client.post("gil@example.com")
        cloud.settle()
        assert status(client, "gil@example.com")[0] == "FAILED"
        assert not cloud.sent.to("gil@example.com")
    finally:
        cloud.enforce_iam = False
        iam.put_role_policy(
            RoleName=client.send_role, PolicyName="send", PolicyDocument=json.dumps(policy)
        )


def test_a_started_execution_answers_to_its_name(cloud: LocalCloud, client: Client) -> None:
    states = cloud.client("stepfunctions")
    same = {"stateMachineArn": client.journey, "name": "hugo", "input": '{"email": "h@x.example"}'}

    first = states.start_execution(**same)

    assert states.start_execution(**same)["executionArn"] == first["executionArn"]
    with pytest.raises(ClientError, match="ExecutionAlreadyExists"):
        states.start_execution(**{**same, "input": "{}"})
    states.stop_execution(executionArn=first["executionArn"])
    with pytest.raises(ClientError, match="ExecutionAlreadyExists"):
        states.start_execution(**same)
    cloud.settle()
