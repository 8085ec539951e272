"""When Ada's waits end."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from coldframe.domain.conditions.facts import Facts
from coldframe.domain.journey_steps import Wait
from coldframe.domain.local_time import spread
from coldframe.domain.resumption import Resumption, resume_at
from tests.unit.core.zones import utc

ZURICH = ZoneInfo("Europe/Zurich")
STEP = "tips"
APART = spread("ada", STEP)


def ends(
    wait: Wait, since: str | datetime, zone: ZoneInfo = ZURICH, **more: Any
) -> datetime | None:
    return asked(wait, since, zone, **more).at


def asked(
    wait: Wait, since: str | datetime, zone: ZoneInfo = ZURICH, *, fields: Any = None, **more: Any
) -> Resumption:
    began = utc(since) if isinstance(since, str) else since
    facts = Facts(fields=fields or {}, zone=zone)
    return resume_at(wait, since=began, lead="ada", step=STEP, facts=facts, **more)
