"""A journey's hand-off step: the client's owner is told."""

from coldframe.adapters.aws import Clients
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.parts import task_waits
from coldframe.entrypoints.settings import SendSettings
from coldframe.entrypoints.steps import step_endpoint
from coldframe.entrypoints.wiring_mail import handing_off
from coldframe.services.steps import StepCommand, StepOutcome

settings = SendSettings.from_environment()
aws = Clients()
step = handing_off(settings, aws)


@observed
@step_endpoint(task_waits(aws))
def handler(command: StepCommand) -> StepOutcome:
    return step(command)
