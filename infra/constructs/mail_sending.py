"""What SES knows of a client: a configuration set, a tenant, and where its events go."""

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_ses as ses
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.accepted import accept
from infra.constructs.sender_identity import domain_of
from infra.place import Place

EVENTS = (
    *("SEND", "REJECT", "RENDERING_FAILURE", "DELIVERY", "DELIVERY_DELAY"),
    *("BOUNCE", "COMPLAINT", "SUBSCRIPTION", "OPEN"),
)
"""Clicks are counted by our own links."""


ANY_SUPPRESSED = (
    "SES offers no resource for its lists of suppressed addresses; the function can only list"
    " them, and keeps of an address no more than what its lead's gate may hold anyway"
)


class MailSending(Construct):
    """A client's reputation and suppressions are its own, also in a shared account."""

    def __init__(self, scope: Construct, *, place: Place, sender: str) -> None:
        super().__init__(scope, "MailSending")
        self._stack = Stack.of(self)
        identity = domain_of(sender) if place.production else sender
        self._identity = self._arn("identity", identity)
        self._set = ses.CfnConfigurationSet(
            self,
            "ConfigurationSet",
            name=place.name,
            sending_options=ses.CfnConfigurationSet.SendingOptionsProperty(sending_enabled=True),
            reputation_options=ses.CfnConfigurationSet.ReputationOptionsProperty(
                reputation_metrics_enabled=True
            ),
            suppression_options=ses.CfnConfigurationSet.SuppressionOptionsProperty(
                suppressed_reasons=["BOUNCE", "COMPLAINT"]
            ),
        )
        self.configuration_set = place.name
        self.tenant = place.name
        self._tenant()
        self.events = self._events()

    def grant_send(self, function: lambda_.Function, *, whole: bool = False) -> None:
        """As this client's sender and with its configuration set only.

        ``whole``: also mails that the function writes to the last byte.
        """
        function.add_to_role_policy(
            iam.PolicyStatement(
                actions=["ses:SendEmail", *(["ses:SendRawEmail"] if whole else [])],
                resources=[self._identity, self._arn("configuration-set", self.configuration_set)],
            )
        )

    def grant_list_suppressed(self, function: lambda_.Function) -> None:
        """SES knows no narrower resource; the tenant's name narrows each call."""
        function.add_to_role_policy(
            iam.PolicyStatement(actions=["ses:ListSuppressedDestinations"], resources=["*"])
        )
        accept(function.role or function, {"AwsSolutions-IAM5[Resource::*]": ANY_SUPPRESSED})

    def _tenant(self) -> None:
        tenant = ses.CfnTenant(
            self,
            "Tenant",
            tenant_name=self.tenant,
            suppression_attributes=ses.CfnTenant.TenantSuppressionAttributesProperty(
                suppressed_reasons=["BOUNCE", "COMPLAINT"], suppression_scope="TENANT"
            ),
            resource_associations=[
                ses.CfnTenant.ResourceAssociationProperty(resource_arn=arn)
                for arn in (
                    self._identity,
                    self._arn("configuration-set", self.configuration_set),
                )
            ],
        )
        tenant.add_resource_dependency(self._set)
        accept(
            tenant,
            {
                "F3002": "SuppressionAttributes is newer than the validator's schema; without it"
                " one client's bounce would silence an address for every client of the account"
            },
        )

    def _events(self) -> sns.Topic:
        topic = sns.Topic(self, "Events", enforce_ssl=True)
        granted = topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("ses.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                conditions={
                    "StringEquals": {
                        "aws:SourceAccount": self._stack.account,
                        "aws:SourceArn": self._arn("configuration-set", self.configuration_set),
                    }
                },
            )
        )
        destination = ses.CfnConfigurationSetEventDestination(
            self,
            "EventDestination",
            configuration_set_name=self._set.ref,
            event_destination=ses.CfnConfigurationSetEventDestination.EventDestinationProperty(
                enabled=True,
                matching_event_types=list(EVENTS),
                sns_destination=ses.CfnConfigurationSetEventDestination.SnsDestinationProperty(
                    topic_arn=topic.topic_arn
                ),
            ),
        )
        if granted.policy_dependable:
            destination.node.add_dependency(granted.policy_dependable)
        return topic

    def _arn(self, resource: str, name: str) -> str:
        return self._stack.format_arn(service="ses", resource=resource, resource_name=name)
