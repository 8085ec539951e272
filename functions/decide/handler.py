"""A journey's steps that send nothing, and runs that got stuck."""

from coldframe.adapters.aws import Clients
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.parts import task_waits
from coldframe.entrypoints.settings import SweepAlarmSettings
from coldframe.entrypoints.steps import step_endpoint
from coldframe.entrypoints.wiring_steps import deciding
from coldframe.services.steps import StepCommand, StepOutcome

settings = SweepAlarmSettings.from_environment()
aws = Clients()
step = deciding(settings, aws)


@observed
@step_endpoint(task_waits(aws))
def handler(command: StepCommand) -> StepOutcome:
    return step(command)
