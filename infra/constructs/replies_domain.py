"""Where answers come in: the domain that SES receives for, and the bucket that keeps each mail."""

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_ses as ses
from constructs import Construct

from coldframe.domain.replies.settings import Replies
from infra.accepted import accept
from infra.constructs.sender_identity import domain_of
from infra.place import Place

RULE_SET = "coldframe"
"""One per account and region can be active, so all clients there share it; bootstrap makes it."""
KEPT = Duration.days(30)


def rule_arn(stack: Stack, place: Place) -> str:
    name = f"{RULE_SET}:receipt-rule/{place.name}"
    return stack.format_arn(service="ses", resource="receipt-rule-set", resource_name=name)


class RepliesDomain(Construct):
    """With the leads, for mails may come while the code is away."""

    def __init__(self, scope: Construct, *, place: Place, replies: Replies, sender: str) -> None:
        super().__init__(scope, "Replies")
        self._stack = Stack.of(self)
        self.bucket = self._bucket(place)
        proved = place.production and replies.domain.endswith(f".{domain_of(sender)}")
        if not proved:
            ses.EmailIdentity(self, "Identity", identity=ses.Identity.domain(replies.domain))
        CfnOutput(
            scope,
            "RepliesRecord",
            value=f"{replies.domain} MX 10 inbound-smtp.{self._stack.region}.amazonaws.com",
            description="In the client's DNS it lets answers come in",
        )

    def _bucket(self, place: Place) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            "Bucket",
            enforce_ssl=True,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            lifecycle_rules=[s3.LifecycleRule(expiration=KEPT)],
        )
        bucket.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("ses.amazonaws.com")],
                actions=["s3:PutObject"],
                resources=[bucket.arn_for_objects("*")],
                conditions={
                    "StringEquals": {
                        "aws:SourceAccount": self._stack.account,
                        "aws:SourceArn": rule_arn(self._stack, place),
                    }
                },
            )
        )
        accept(
            bucket,
            {
                "AwsSolutions-S1": "only SES writes here and only receive_reply reads; mails are"
                " gone after 30 days, and access logs would outlive them"
            },
        )
        return bucket
