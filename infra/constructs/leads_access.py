"""What Nurturing knows of Leads: names read from its parameters, and the rights to them."""

from aws_cdk import Stack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_ssm as ssm
from constructs import Construct

from infra.accepted import accept
from infra.place import Place

LEADS = "L#*"
BROADCASTS = "B#*"
COMPANIES = "C#*"
SWEEP = "SWEEP"
CLIENT = "CLIENT"
MAILBOXES = "M#*"
PACES = "V#*"
SENDING = "SENDING"
NEWCOMERS = "N#*"
WORK = ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query")

ANY_OBJECT = (
    "Lambda names the objects after the failed batch; the bucket holds nothing but failures, and"
    " the function can't read it"
)


class LeadsAccess(Construct):
    """Only names cross between the stacks, never CloudFormation exports."""

    def __init__(self, scope: Construct, *, place: Place) -> None:
        super().__init__(scope, "LeadsAccess")
        self._place = place
        self.table = self._read("table")
        self.stream = self._read("stream")
        self.keys = self._read("keys")
        self.address = self._read("address")
        self.api = apigateway.HttpApi.from_http_api_attributes(
            self, "Api", http_api_id=self._read("api")
        )
        self.journey_role = iam.Role.from_role_name(self, "JourneyRole", self._read("journey-role"))
        self.failures = s3.Bucket.from_bucket_name(self, "Failures", self._read("failures"))
        self._table_arn = Stack.of(self).format_arn(
            service="dynamodb", resource="table", resource_name=self.table
        )

    def _read(self, key: str) -> str:
        return ssm.StringParameter.value_for_string_parameter(self, self._place.parameter(key))

    def replies_bucket(self) -> s3.IBucket:
        """Only where the client has a domain for answers."""
        return s3.Bucket.from_bucket_name(self, "RepliesBucket", self._read("replies"))

    def grant_append(self, function: lambda_.Function) -> None:
        """May put an item under a lead, and read nothing."""
        self._grant(function, ("PutItem",), LEADS)

    def grant_forbid(self, function: lambda_.Function) -> None:
        """May also look at a lead's gate and set a flag on it."""
        self._grant(function, ("GetItem", "PutItem", "UpdateItem"), LEADS)

    def grant_hear_pause(self, function: lambda_.Function) -> None:
        """May read whether the client's mails are paused."""
        self._grant(function, ("GetItem",), CLIENT)

    def grant_pause(self, function: lambda_.Function) -> None:
        """May pause the client's mails, and touch no lead."""
        self._grant(function, ("PutItem",), CLIENT)

    def grant_confirm(self, function: lambda_.Function) -> None:
        """May also look at what was asked for."""
        self._grant(function, ("GetItem", "PutItem", "UpdateItem", "Query"), LEADS)

    def grant_work(self, function: lambda_.Function, *besides: str) -> None:
        """May read and write what is under leads, and under the partitions named ``besides``."""
        self._grant(function, WORK, LEADS, *besides)

    def grant_look_up(self, function: lambda_.Function, partitions: str = LEADS) -> None:
        """May read items of several leads (or what else is named) at once."""
        self._grant(function, ("BatchGetItem",), partitions)

    def grant_index(self, function: lambda_.Function, index: str) -> None:
        function.add_to_role_policy(
            iam.PolicyStatement(
                actions=["dynamodb:Query"], resources=[f"{self._table_arn}/index/{index}"]
            )
        )

    def grant_stream(self, function: lambda_.Function) -> None:
        actions = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
        function.add_to_role_policy(
            iam.PolicyStatement(
                actions=[f"dynamodb:{action}" for action in actions], resources=[self.stream]
            )
        )

    def grant_keys(self, function: lambda_.Function) -> None:
        function.add_to_role_policy(
            iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[self.keys])
        )

    def grant_keep_failure(self, function: lambda_.Function) -> None:
        """Lambda itself puts the records there, with the function's rights."""
        objects = self.failures.arn_for_objects("*")
        function.add_to_role_policy(
            iam.PolicyStatement(actions=["s3:PutObject"], resources=[objects])
        )
        function.add_to_role_policy(
            iam.PolicyStatement(actions=["s3:ListBucket"], resources=[self.failures.bucket_arn])
        )
        accept(function.role or function, {self._any_object(): ANY_OBJECT})

    def _any_object(self) -> str:
        resolved = Stack.of(self).resolve(self.failures.bucket_name)["Ref"]
        return f"AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<{resolved}>/*]"

    def _grant(
        self, function: lambda_.Function, actions: tuple[str, ...], *partitions: str
    ) -> None:
        function.add_to_role_policy(
            iam.PolicyStatement(
                actions=[f"dynamodb:{action}" for action in actions],
                resources=[self._table_arn],
                conditions={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(partitions)}},
            )
        )
