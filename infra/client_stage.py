"""All stacks of one client in one environment."""

from aws_cdk import Environment, Stage
from constructs import Construct

from infra.place import Place
from infra.playbook.compiled import CompiledClient
from infra.stacks.leads import Leads
from infra.stacks.nurturing import Nurturing


class ClientStage(Stage):
    """``bakery-prod`` holds ``bakery-prod-Leads`` and ``bakery-prod-Nurturing``."""

    def __init__(self, scope: Construct, *, place: Place, compiled: CompiledClient) -> None:
        super().__init__(scope, place.name, env=_where(compiled))
        self.leads = Leads(self, place=place, compiled=compiled)
        self.nurturing = Nurturing(self, place=place, compiled=compiled)
        self.nurturing.add_stack_dependency(self.leads, "reads its parameters")


def _where(compiled: CompiledClient) -> Environment | None:
    """Only where client.yaml says so; else wherever the deploy's credentials lead."""
    extra = compiled.extra
    if not extra.account and not extra.region:
        return None
    return Environment(account=extra.account, region=extra.region)
