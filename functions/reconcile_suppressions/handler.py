"""EventBridge Scheduler, once a day: what SES suppresses is suppressed here too."""

from coldframe.adapters.aws import Clients
from coldframe.entrypoints.observability import fact, observed
from coldframe.entrypoints.settings import SuppressionSettings
from coldframe.entrypoints.wiring_preferences import reconciling

settings = SuppressionSettings.from_environment()
reconcile = reconciling(settings, Clients())


@observed
def handler(_event: object, _context: object) -> None:
    fact("suppressions reconciled", shut=reconcile())
