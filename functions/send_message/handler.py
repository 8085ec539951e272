"""A journey's send step: a mail is claimed, sent, and waited upon."""

from coldframe.adapters.aws import Clients
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.parts import task_waits
from coldframe.entrypoints.settings import SendSettings
from coldframe.entrypoints.steps import step_endpoint
from coldframe.entrypoints.wiring_mail import messaging
from coldframe.services.steps import StepCommand, StepOutcome

settings = SendSettings.from_environment()
aws = Clients()
step = messaging(settings, aws)


@observed
@step_endpoint(task_waits(aws))
def handler(command: StepCommand) -> StepOutcome:
    return step(command)
