"""What answers to a client's mails set off: SES → S3 → receive_reply."""

from aws_cdk import Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_ses as ses
from constructs import Construct

from coldframe.adapters.inbox import PREFIX
from coldframe.domain.replies.settings import Replies as Settings
from coldframe.entrypoints.settings import ReplySettings
from infra.accepted import accept
from infra.constructs.coldframe_function import ColdframeFunction
from infra.constructs.dead_letters import DeadLetters
from infra.constructs.ground import Ground
from infra.constructs.replies_domain import RULE_SET, rule_arn
from infra.place import Place

SES = "ses.amazonaws.com"
ANY_MAIL = "SES names the objects, and the function reads the one that it is told of"


class Replies(Construct):
    """SES stores the mail first, then tells the function: envelope, verdicts and the mail's id."""

    def __init__(
        self,
        scope: Construct,
        *,
        ground: Ground,
        place: Place,
        replies: Settings,
    ) -> None:
        super().__init__(scope, "Replies")
        leads, sending = ground.leads, ground.sending
        self._place = place
        self._bucket = leads.replies_bucket()
        dead = DeadLetters(self, "RepliesDeadLetters", alarms=ground.alarms, of="answers of leads")
        self.receive = ColdframeFunction(
            self,
            "receive_reply",
            layers=ground.layers.all,
            settings=ReplySettings(
                table=leads.table,
                secret=leads.keys,
                configuration_set=sending.configuration_set,
                tenant=sending.tenant,
                bucket=self._bucket.bucket_name,
                domain=replies.domain,
            ),
            memory=512,
            timeout=Duration.seconds(90),
            dead_letters=dead,
        )
        leads.grant_work(self.receive)
        leads.grant_keys(self.receive)
        sending.grant_send(self.receive, whole=True)
        self._grant_read()
        self._rule(replies.domain)

    def _grant_read(self) -> None:
        self.receive.add_to_role_policy(
            iam.PolicyStatement(
                actions=["s3:GetObject"], resources=[self._bucket.arn_for_objects(f"{PREFIX}*")]
            )
        )
        resolved = Stack.of(self).resolve(self._bucket.bucket_name)["Ref"]
        any_mail = f"AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<{resolved}>/{PREFIX}*]"
        accept(self.receive.role or self.receive, {any_mail: ANY_MAIL})

    def _rule(self, domain: str) -> None:
        stack = Stack.of(self)
        self.receive.add_permission(
            "FromSes",
            principal=iam.ServicePrincipal(SES),
            source_account=stack.account,
            source_arn=rule_arn(stack, self._place),
        )
        rule = ses.CfnReceiptRule(
            self,
            "Rule",
            rule_set_name=RULE_SET,
            rule=ses.CfnReceiptRule.RuleProperty(
                name=self._place.name,
                enabled=True,
                scan_enabled=True,
                recipients=[domain],
                actions=[
                    ses.CfnReceiptRule.ActionProperty(
                        s3_action=ses.CfnReceiptRule.S3ActionProperty(
                            bucket_name=self._bucket.bucket_name, object_key_prefix=PREFIX
                        )
                    ),
                    ses.CfnReceiptRule.ActionProperty(
                        lambda_action=ses.CfnReceiptRule.LambdaActionProperty(
                            function_arn=self.receive.function_arn, invocation_type="Event"
                        )
                    ),
                ],
            ),
        )
        rule.node.add_dependency(self.receive)
