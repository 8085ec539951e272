"""Answers: who may store them, who is told, and for how long they are kept."""

import json

from infra.constructs.replies_domain import RULE_SET
from tests.infra.assembly import Stacks, texts


def test_ses_stores_a_mail_first_and_then_tells_the_function(stacks: Stacks) -> None:
    (found,) = stacks.nurturing.of("SES::ReceiptRule").values()
    rule = found["Rule"]
    store, call = rule["Actions"]

    assert found["RuleSetName"] == RULE_SET
    assert (rule["Name"], rule["Enabled"], rule["ScanEnabled"]) == (
        f"{stacks.client}-dev",
        True,
        True,
    )
    assert store["S3Action"]["ObjectKeyPrefix"] == "mails/"
    assert call["LambdaAction"]["FunctionArn"] == {"Fn::GetAtt": ["ReceiveReply", "Arn"]}
    assert call["LambdaAction"]["InvocationType"] == "Event"
    (domain,) = rule["Recipients"]
    assert domain.startswith("dev.reply.")


def test_ses_may_do_so_for_this_rule_and_no_other(stacks: Stacks) -> None:
    (policy,) = (
        statement
        for each in stacks.leads.of("S3::BucketPolicy").values()
        for statement in each["PolicyDocument"]["Statement"]
        if statement["Principal"] == {"Service": "ses.amazonaws.com"}
    )
    (permission,) = (
        each
        for each in stacks.nurturing.of("Lambda::Permission").values()
        if each["Principal"] == "ses.amazonaws.com"
    )

    rule = f":receipt-rule-set/{RULE_SET}:receipt-rule/{stacks.client}-dev"
    assert policy["Action"] == "s3:PutObject"
    condition = policy["Condition"]["StringEquals"]
    assert rule in "".join(texts(condition["aws:SourceArn"]))
    assert condition["aws:SourceAccount"] == {"Ref": "AWS::AccountId"}
    assert rule in "".join(texts(permission["SourceArn"]))
    assert permission["SourceAccount"] == {"Ref": "AWS::AccountId"}


def test_a_mail_that_cannot_be_handled_is_kept_as_a_dead_letter(stacks: Stacks) -> None:
    function = stacks.nurturing.of("Lambda::Function")["ReceiveReply"]

    assert "DeadLetters" in json.dumps(function["DeadLetterConfig"]["TargetArn"])
    assert function["Timeout"] > 65


def test_mails_are_encrypted_private_and_gone_after_a_month(stacks: Stacks) -> None:
    (bucket,) = (
        each for name, each in stacks.leads.of("S3::Bucket").items() if name.startswith("Replies")
    )

    assert "BucketEncryption" in bucket
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    assert (rule["ExpirationInDays"], rule["Status"]) == (30, "Enabled")


def test_the_record_that_lets_answers_in_is_told(production: Stacks) -> None:
    told = "".join(texts(production.leads.document["Outputs"]["RepliesRecord"]["Value"]))

    assert told.startswith("reply.lindenbakery.example MX 10 inbound-smtp.")


def test_production_needs_no_second_proof_of_its_domain(production: Stacks) -> None:
    identities = production.leads.of("SES::EmailIdentity").values()

    assert [each["EmailIdentity"] for each in identities] == ["lindenbakery.example"]
