"""The local cloud's counts as a bill's units."""

from workbench.bill.bill import Units
from workbench.cloud.meters.usage import Usage

EVENTS_A_MAIL = 2
"""SES publishes at least Send and Delivery of each; opens are few beside them."""
QUEUE_REQUESTS_AN_EVENT = 2
"""Receive and delete, if nothing is batched; SNS's own send to the queue is free."""
SCHEDULED = ("sweepdue", "sendbroadcast", "reconcilesuppressions")
ACCESS_LINE = 140
"""Bytes of a request's line in the HTTP API's access log, with what CloudWatch adds to it."""


def units_of(usage: Usage, *, requests: int) -> Units:
    """``requests``: what was asked of the HTTP APIs, which the emulator doesn't count."""
    events = EVENTS_A_MAIL * usage.mails
    return Units(
        mails=usage.mails,
        transitions=usage.transitions,
        write_units=usage.write_units,
        read_units=usage.read_units,
        invocations=usage.invocations.total(),
        requests=requests,
        published=events,
        queue_requests=events * QUEUE_REQUESTS_AN_EVENT,
        logged=usage.logged + requests * ACCESS_LINE,
        schedules=sum(n for name, n in usage.invocations.items() if _scheduled(name)),
    )


def _scheduled(function: str) -> bool:
    plain = function.lower().replace("_", "").replace("-", "")
    return any(name in plain for name in SCHEDULED)
