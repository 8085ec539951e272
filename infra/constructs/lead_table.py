"""The one table: everything Coldframe knows about a client's leads."""

from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.logical_ids import LEAD_TABLE, pin

EXPIRES = "expires_at"
"""In seconds since 1970; what isn't to be kept has it."""
KEY = dynamodb.AttributeType.STRING


class LeadTable(dynamodb.TableV2):
    """On demand, streamed, restorable to any second of the last 35 days."""

    def __init__(self, scope: Construct) -> None:
        super().__init__(
            scope,
            "LeadTable",
            partition_key=dynamodb.Attribute(name="pk", type=KEY),
            sort_key=dynamodb.Attribute(name="sk", type=KEY),
            billing=dynamodb.Billing.on_demand(),
            dynamo_stream=dynamodb.StreamViewType.NEW_IMAGE,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True, recovery_period_in_days=35
            ),
            deletion_protection=True,
            time_to_live_attribute=EXPIRES,
            global_secondary_indexes=[
                _keys_only("due", partition="due_shard", sort="due_at"),
                _keys_only("roster", partition="member_shard", sort="pk"),
            ],
        )
        pin(self, LEAD_TABLE)


def _keys_only(name: str, *, partition: str, sort: str) -> dynamodb.GlobalSecondaryIndexPropsV2:
    return dynamodb.GlobalSecondaryIndexPropsV2(
        index_name=name,
        partition_key=dynamodb.Attribute(name=partition, type=KEY),
        sort_key=dynamodb.Attribute(name=sort, type=KEY),
        projection_type=dynamodb.ProjectionType.KEYS_ONLY,
    )
