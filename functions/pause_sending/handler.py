"""CloudWatch, when a rate comes close to what SES reviews accounts for: marketing is paused."""

from collections.abc import Mapping
from typing import Any

from coldframe.adapters.aws import Clients
from coldframe.adapters.client_pause import ClientPauses
from coldframe.adapters.clock import SystemClock
from coldframe.entrypoints.observability import fact, observed
from coldframe.entrypoints.parts import lead_table
from coldframe.entrypoints.rates import rate_of
from coldframe.entrypoints.settings import TableSettings

settings = TableSettings.from_environment()
pauses = ClientPauses(lead_table(settings, Clients()), SystemClock())


@observed
def handler(event: Mapping[str, Any], _context: object) -> None:
    rate = rate_of(event)
    fact("sending paused", rate=rate, new=pauses.pause(rate))
