"""Mail that comes in: deployed receipt rules are obeyed, and what they may not do fails."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.cloud.assembly import Assembly
from workbench.cloud.local_cloud import LocalCloud
from workbench.cloud.mail.inbound import MailRefused
from workbench.cloud.mail.receipt import Verdicts, matching

MAIL = b"From: ada@example.com\r\nTo: r+1@reply.example\r\nSubject: Hello\r\n\r\nHello\r\n"
ARN = "arn:aws:ses:${AWS::Region}:${AWS::AccountId}:receipt-rule-set/coldframe:receipt-rule/ours"


def stack(*, may_store: bool = True) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "ses.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": {"Fn::Sub": "${Bucket.Arn}/*"},
        "Condition": {"StringEquals": {"aws:SourceArn": {"Fn::Sub": ARN}}},
    }
    policy = {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {"Statement": [statement]}}
    store = {"BucketName": {"Ref": "Bucket"}, "ObjectKeyPrefix": "mails/"}
    rule = {
        "Name": "ours",
        "Enabled": True,
        "Recipients": ["reply.example"],
        "Actions": [{"S3Action": store}],
    }
    resources: dict[str, Any] = {
        "Bucket": {"Type": "AWS::S3::Bucket"},
        "Rule": {
            "Type": "AWS::SES::ReceiptRule",
            "Properties": {"RuleSetName": "coldframe", "Rule": rule},
        },
    }
    if may_store:
        resources["Policy"] = {"Type": "AWS::S3::BucketPolicy", "Properties": policy}
    return {"Resources": resources, "Outputs": {"Bucket": {"Value": {"Ref": "Bucket"}}}}


def test_a_mail_is_stored_with_what_ses_adds(cloud: LocalCloud, tmp_path: Path) -> None:
    Assembly(tmp_path).stack("receiving", stack())
    bucket = cloud.deploy(tmp_path)["receiving"]["Bucket"]

    (receipt,) = cloud.receive(
        MAIL,
        to=["r+1@reply.example", "x@elsewhere.example"],
        sender="ada@example.com",
        verdicts=Verdicts(spam="FAIL"),
    )
    cloud.settle()

    kept = cloud.client("s3").get_object(Bucket=bucket, Key=f"mails/{receipt}")["Body"].read()
    assert kept.endswith(MAIL)
    assert b"X-SES-Spam-Verdict: FAIL" in kept
    assert b"Return-Path: <ada@example.com>" in kept


def test_what_no_policy_allows_is_not_done(cloud: LocalCloud, tmp_path: Path) -> None:
    Assembly(tmp_path).stack("forbidden", stack(may_store=False))
    cloud.deploy(tmp_path)

    with pytest.raises(PermissionError, match="s3:PutObject"):
        cloud.receive(MAIL, to=["r+1@reply.example"], sender="ada@example.com")


def test_a_mail_that_no_rule_is_for_is_refused(cloud: LocalCloud) -> None:
    with pytest.raises(MailRefused, match="550"):
        cloud.receive(MAIL, to=["ada@nowhere.example"], sender="ada@example.com")


@pytest.mark.parametrize(
    ("condition", "matches"),
    [
        ("reply.example", True),
        ("Reply.Example", True),
        ("r@reply.example", True),
        ("r+1@reply.example", True),
        (".example", True),
        (".reply.example", False),
        ("b@reply.example", False),
        ("example", False),
    ],
)
def test_a_rule_is_for_addresses_domains_and_subdomains(condition: str, matches: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert bool(matching(["r+1@reply.example"], [condition])) is matches
