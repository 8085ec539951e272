"""What every template is held to while it is made."""

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks, ServerlessChecks


def hold_to_checks(app: App) -> None:
    """cdk-nag's packs; CDK's own validation of CloudFormation is on by itself."""
    Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))
