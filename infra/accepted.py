"""Findings of the checks that we live with; each says what it means for the client."""

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


def accept(construct: IConstruct, findings: dict[str, str]) -> None:
    """``findings``: a check's id, or one finding's (``AwsSolutions-IAM5[Resource::…]``) → why.

    Holds for the construct and what is in it.
    """
    Validations.of(construct).acknowledge(
        *(
            Acknowledgment(id=f"{_pack(finding)}::{finding}", reason=" ".join(reason.split()))
            for finding, reason in findings.items()
        )
    )


def _pack(finding: str) -> str:
    prefix = finding.partition("-")[0]
    return prefix if prefix in ("AwsSolutions", "Serverless") else "CloudFormation-Validate"
