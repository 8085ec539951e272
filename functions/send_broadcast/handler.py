"""EventBridge Scheduler, or the sweep: a broadcast is due at its scheduled instant."""

from collections.abc import Mapping

from coldframe.adapters.aws import Clients
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.schedules import Context, read_broadcast, remaining
from coldframe.entrypoints.settings import BroadcastSettings
from coldframe.entrypoints.wiring_mail import broadcasting

settings = BroadcastSettings.from_environment()
send = broadcasting(settings, Clients())


@observed
def handler(event: Mapping[str, str], context: Context) -> None:
    send(read_broadcast(event), remaining(context))
