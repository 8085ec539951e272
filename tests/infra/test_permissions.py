"""What each function may do: the least, and stated here once more."""

from typing import Any

import pytest

from infra.constructs.leads_access import WORK
from tests.infra.assembly import Stacks, Template, listed, texts

WORKING = {f"dynamodb:{action}" for action in WORK}
STREAM = {
    f"dynamodb:{action}"
    for action in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
}
QUEUE = {
    f"sqs:{action}"
    for action in (
        *("ChangeMessageVisibility", "DeleteMessage"),
        *("GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"),
    )
}
LOG = {"logs:CreateLogStream", "logs:PutLogEvents"}
KEYS = {"secretsmanager:GetSecretValue"}
CLOCK = {"scheduler:GetSchedule", "scheduler:UpdateSchedule", "iam:PassRole"}
FAILED = {"s3:PutObject", "s3:ListBucket"}
ANSWER = {"states:SendTaskSuccess", "states:SendTaskFailure"}
SEND = {"ses:SendEmail"}
DEAD_LETTER = {"sqs:SendMessage"}
NAMES_NO_RESOURCE = ["ses:ListSuppressedDestinations"]
"""SES has none for its lists; the function asks for its own tenant's."""

MAY = {
    "CaptureLead": {"dynamodb:PutItem"} | KEYS,
    "ShowForm": KEYS,
    "RecordVisit": {"dynamodb:PutItem"} | KEYS,
    "ReceiveHook": {"dynamodb:PutItem"} | KEYS,
    "RecordEvent": {"dynamodb:PutItem"} | KEYS,
    "FollowLink": {"dynamodb:PutItem"} | KEYS,
    "Unsubscribe": {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"} | KEYS,
    "ChoosePreferences": WORKING | KEYS,
    "ConfirmConsent": {
        *("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"),
        *KEYS,
    },
    "PauseSending": {"dynamodb:PutItem"} | DEAD_LETTER,
    "ReconcileSuppressions": WORKING | KEYS | DEAD_LETTER | {"ses:ListSuppressedDestinations"},
    "ServeFile": KEYS | {"s3:GetObject", "dynamodb:PutItem"},
    "React": WORKING | STREAM | CLOCK | FAILED | {"dynamodb:BatchGetItem"},
    "CarryOut": WORKING
    | STREAM
    | FAILED
    | ANSWER
    | CLOCK
    | {"states:StartExecution", "states:StopExecution", "lambda:InvokeFunction"},
    "SendMessage": WORKING | KEYS | SEND | ANSWER | {"dynamodb:BatchGetItem"},
    "HandOff": WORKING | KEYS | SEND | ANSWER,
    "Decide": WORKING | ANSWER | CLOCK,
    "CallWebhook": WORKING | KEYS | ANSWER,
    "RecordEmailEvent": WORKING | QUEUE | {"dynamodb:BatchGetItem"},
    "ReceiveReply": WORKING | KEYS | SEND | DEAD_LETTER | {"ses:SendRawEmail", "s3:GetObject"},
    "SendBroadcast": WORKING | KEYS | SEND | CLOCK | DEAD_LETTER,
    "SweepDue": WORKING
    | CLOCK
    | DEAD_LETTER
    | {"states:StartExecution", "states:StopExecution", "lambda:InvokeFunction"},
}


@pytest.mark.parametrize("function", MAY)
def test_a_function_may_do_this_and_no_more(stacks: Stacks, function: str) -> None:
    if function == "ServeFile" and stacks.nurturing.actions_of(function) == LOG:
        return  # a client without files gives none away

    assert stacks.nurturing.actions_of(function) == MAY[function] | LOG


def test_no_function_is_forgotten_here(stacks: Stacks) -> None:
    assert set(stacks.nurturing.of("Lambda::Function")) == set(MAY)


def test_capture_may_only_put_items_under_leads(stacks: Stacks) -> None:
    (statement,) = on_the_table(stacks.nurturing, "CaptureLead")

    assert statement["Action"] == "dynamodb:PutItem"
    assert partitions(statement) == {"L#*"}


def test_nobody_scans_the_table(stacks: Stacks) -> None:
    assert "dynamodb:Scan" not in stacks.nurturing.text


def test_only_broadcasts_and_the_sweep_walk_the_roster_and_it_alone_walks_what_is_due(
    stacks: Stacks,
) -> None:
    for name in MAY:
        walked = {
            index
            for statement in stacks.nurturing.statements_of(name)
            for text in texts(statement["Resource"])
            for index in ("roster", "due")
            if text == f"/index/{index}"
        }
        walkers = {"SendBroadcast": {"roster"}, "SweepDue": {"due", "roster"}}
        assert walked == walkers.get(name, set())


PARTITIONS = {"L#*", "B#*", "C#*", "M#*", "V#*", "N#*", "SWEEP", "CLIENT", "SENDING"}


def test_every_right_to_the_table_names_its_partitions(stacks: Stacks) -> None:
    for name in MAY:
        for statement in on_the_table(stacks.nurturing, name):
            assert partitions(statement) <= {
                "L#*",
                "B#*",
                "C#*",
                "M#*",
                "V#*",
                "N#*",
                "SWEEP",
                "CLIENT",
                "SENDING",
            }, name


def test_who_pauses_a_client_touches_no_lead(stacks: Stacks) -> None:
    (statement,) = on_the_table(stacks.nurturing, "PauseSending")

    assert statement["Action"] == "dynamodb:PutItem"
    assert partitions(statement) == {"CLIENT"}


def test_no_wildcard_actions_and_no_right_to_everything(stacks: Stacks) -> None:
    for template in stacks.both:
        for name, policy in template.of("IAM::Policy").items():
            for statement in policy["PolicyDocument"]["Statement"]:
                actions = listed(statement["Action"])
                assert not any("*" in action for action in actions), name
                if actions != NAMES_NO_RESOURCE:
                    assert "*" not in listed(statement["Resource"]), name


def test_wildcards_in_resources_are_failures_received_mails_and_runs_alone(stacks: Stacks) -> None:
    starred = {
        action
        for policy in stacks.nurturing.of("IAM::Policy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if any("*" in text for text in texts(statement["Resource"]))
        for action in listed(statement["Action"])
    }

    assert starred == {
        *("s3:PutObject", "s3:GetObject", "states:StopExecution"),
        *NAMES_NO_RESOURCE,
    }


def test_no_role_has_a_managed_policy(stacks: Stacks) -> None:
    for template in stacks.both:
        for name, role in template.of("IAM::Role").items():
            assert "ManagedPolicyArns" not in role, name


def test_mail_goes_out_as_the_clients_own_sender_only(stacks: Stacks) -> None:
    for name in ("SendMessage", "HandOff", "SendBroadcast"):
        (statement,) = (
            one for one in stacks.nurturing.statements_of(name) if one["Action"] == "ses:SendEmail"
        )
        own = {text.partition("/")[0] for text in texts(statement["Resource"]) if "/" in text}
        assert own == {":identity", ":configuration-set"}


def test_a_role_is_passed_to_the_scheduler_only(stacks: Stacks) -> None:
    for name in ("React", "CarryOut", "Decide", "SendBroadcast", "SweepDue"):
        (statement,) = (
            one for one in stacks.nurturing.statements_of(name) if one["Action"] == "iam:PassRole"
        )
        assert statement["Condition"] == {
            "StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}
        }


def test_journeys_may_call_their_four_steps_and_nothing_else(stacks: Stacks) -> None:
    (policy,) = (
        policy
        for name, policy in stacks.nurturing.of("IAM::Policy").items()
        if "JourneyCalls" in name
    )
    (statement,) = policy["PolicyDocument"]["Statement"]

    assert statement["Action"] == "lambda:InvokeFunction"
    called = {resource["Fn::GetAtt"][0] for resource in statement["Resource"]}
    assert called == {"SendMessage", "Decide", "HandOff", "CallWebhook"}


def on_the_table(template: Template, function: str) -> list[dict[str, Any]]:
    """The function's rights to items, as against the stream's and the indexes'."""
    return [
        statement
        for statement in template.statements_of(function)
        if any(text == ":table/" for text in _ends(statement["Resource"]))
        and not any(text.startswith("/index/") for text in texts(statement["Resource"]))
    ]


def _ends(resource: object) -> list[str]:
    return [":table/" for text in texts(resource) if text.endswith(":table/")]


def partitions(statement: dict[str, Any]) -> set[str]:
    return set(listed(statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]))
