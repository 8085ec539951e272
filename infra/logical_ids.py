"""Logical ids that are promises: CloudFormation replaces what loses its own."""

from aws_cdk import CfnElement, CfnResource
from constructs import IConstruct

LEAD_TABLE = "LeadTable"
API = "Api"
SECRET = "Keys"  # noqa: S105 - the name of a resource, no secret
JOURNEY_ROLE = "JourneyRole"
FAILURES = "Failures"


def camel(name: str) -> str:
    """``send_message`` or ``cake-guide`` as a logical id."""
    return "".join(part.title() for part in name.replace("-", "_").split("_"))


def journey_id(journey: str) -> str:
    return f"{camel(journey)}Journey"


def pin(construct: IConstruct, logical_id: str) -> None:
    """Give the construct's own resource this logical id, whatever tree it moves to."""
    resource = construct if isinstance(construct, CfnElement) else construct.node.default_child
    assert isinstance(resource, CfnResource)  # noqa: S101 - what CDK promises of an L2's default child
    resource.override_logical_id(logical_id)
