"""A journey's webhook step: another service is told, once by its id."""

from coldframe.adapters.aws import Clients
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.parts import task_waits
from coldframe.entrypoints.settings import CallSettings
from coldframe.entrypoints.steps import step_endpoint
from coldframe.entrypoints.wiring_steps import calling
from coldframe.services.steps import StepCommand, StepOutcome

settings = CallSettings.from_environment()
aws = Clients()
step = calling(settings, aws)


@observed
@step_endpoint(task_waits(aws))
def handler(command: StepCommand) -> StepOutcome:
    return step(command)
