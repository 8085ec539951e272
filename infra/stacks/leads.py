"""What outlives code: the leads, their keys, and the address that old mails link to."""

from aws_cdk import CfnOutput, Duration, RemovalPolicies, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_ssm as ssm
from constructs import Construct

from coldframe.domain.replies.settings import Replies
from infra.accepted import accept
from infra.constructs.front_door import FrontDoor
from infra.constructs.keys import Keys
from infra.constructs.lead_table import LeadTable
from infra.constructs.replies_domain import RepliesDomain
from infra.constructs.sender_identity import SenderIdentity
from infra.logical_ids import FAILURES, JOURNEY_ROLE, pin
from infra.place import Place
from infra.playbook.compiled import CompiledClient


class Leads(Stack):
    """Retained and protected; Nurturing finds it by parameters, so neither holds the other."""

    def __init__(self, scope: Construct, *, place: Place, compiled: CompiledClient) -> None:
        super().__init__(
            scope,
            "Leads",
            termination_protection=True,
            description=f"Coldframe: the leads of {compiled.client.name} ({place.environment})",
        )
        self._place = place
        table = LeadTable(self)
        door = FrontDoor(
            self,
            sites=compiled.client.sites,
            domain=place.domain(compiled.extra.domain),
            certificate=compiled.extra.certificate,
        )
        SenderIdentity(self, place=place, address=compiled.client.sender.address)

        if compiled.client.replies:
            self._replies(compiled.client.replies, sender=compiled.client.sender.address)

        self._leave("table", table.table_name)
        self._leave("stream", table.table_stream_arn or "")
        self._leave("api", door.api.api_id)
        self._leave("address", door.address)
        self._leave("keys", Keys(self).secret_arn)
        self._leave("journey-role", self._journey_role().role_name)
        self._leave("failures", self._failures().bucket_name)

        CfnOutput(self, "Address", value=door.address, description="Forms and links begin here")
        CfnOutput(self, "TableName", value=table.table_name)
        if door.domain:
            CfnOutput(self, "DomainTarget", value=door.domain.regional_domain_name)
        RemovalPolicies.of(self).retain()

    def _journey_role(self) -> iam.Role:
        """Running journeys hold on to their role, so it outlives every deploy."""
        role = iam.Role(
            self,
            "JourneyRole",
            assumed_by=iam.ServicePrincipal(
                "states.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": self.account}},
            ),
        )
        pin(role, JOURNEY_ROLE)
        return role

    def _replies(self, replies: Replies, *, sender: str) -> None:
        answers = RepliesDomain(self, place=self._place, replies=replies, sender=sender)
        self._leave("replies", answers.bucket.bucket_name)

    def _failures(self) -> s3.Bucket:
        """Whole stream records that a function failed on three times, kept to be replayed."""
        bucket = s3.Bucket(
            self,
            "Failures",
            enforce_ssl=True,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(90))],
        )
        pin(bucket, FAILURES)
        accept(
            bucket,
            {
                "AwsSolutions-S1": "only Lambda writes here and only operators read; who read it is"
                " in CloudTrail, and access logs would be one more copy of lead data's names"
            },
        )
        return bucket

    def _leave(self, key: str, value: str) -> None:
        ssm.StringParameter(
            self,
            f"{key.title().replace('-', '')}Parameter",
            parameter_name=self._place.parameter(key),
            string_value=value,
        )
