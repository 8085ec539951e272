"""What a pause of the tree waits for, as the runtime reads it."""

from datetime import timedelta
from typing import Final

from coldframe.domain.journey_steps import DateMark, Wait, WaitFor
from infra.journeys import source
from infra.journeys.least_time import most
from infra.journeys.times import seconds

LONGEST_RUN: Final = timedelta(days=30)
"""An execution isn't kept waiting longer: it parks, and the due index resumes it."""


def wait(pause: source.Wait, *, skip_to: str | None) -> Wait:
    longest = most(pause)
    return Wait(
        seconds=seconds(pause.time),
        computed=pause.computed,
        until=pause.until,
        date=_date(pause.date),
        may_park=longest is None or longest > LONGEST_RUN.total_seconds(),
        skip_to=skip_to,
    )


def _date(date: source.DateWait | None) -> DateMark | None:
    if date is None:
        return None
    return DateMark(
        field=date.field.value, days=date.days, minute=date.minute, if_past=date.if_past
    )


def wait_for(pause: source.WaitFor, *, then: str, otherwise: str) -> WaitFor:
    if pause.event is None or pause.limit is None:
        raise TypeError("a checked wait_for has its event and its limit")
    return WaitFor(
        when=pause.event.value,
        limit=int(pause.limit.value.total_seconds()),
        since=pause.since.value if pause.since else "send",
        condition=pause.condition,
        then=then,
        otherwise=otherwise,
    )
