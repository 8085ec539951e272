"""EventBridge Scheduler, at the earliest due instant and once a day: what is due happens."""

from coldframe.adapters.aws import Clients
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.schedules import Context, remaining, told_of_sweep
from coldframe.entrypoints.settings import SweepSettings
from coldframe.entrypoints.wiring_reactions import sweeping

settings = SweepSettings.from_environment()
sweep = sweeping(settings, Clients())


@observed
def handler(_event: object, context: Context) -> None:
    told_of_sweep(sweep(remaining(context)))
