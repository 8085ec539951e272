"""Waits that are as long as an expression says."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st

from coldframe.domain.conditions.facts import Facts
from coldframe.domain.conditions.nodes import Condition, Const, Field, IfElse, Known, Type
from coldframe.domain.journey_steps import DateMark, LocalTime, Wait
from coldframe.domain.local_time import spread
from coldframe.domain.playbook import QuietHours
from coldframe.domain.resumption import LONGEST, Resumption, resume_at
from coldframe.domain.sending_hours import Hours
from tests.unit.core.zones import utc

ZURICH, NEW_YORK = ZoneInfo("Europe/Zurich"), ZoneInfo("America/New_York")
DAY = 86_400
STEP = "tips"
APART = spread("ada", STEP)
NIGHT = Hours(quiet=QuietHours(start=21 * 60, end=8 * 60))
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


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


def at_nine(days: int = 0, **date_mark: Any) -> Wait:
    if date_mark:
        return Wait(date=DateMark(days=days, minute=540, **date_mark))
    return Wait(seconds=days * DAY or None, until=LocalTime(minute=540))


def duration(tree: Any) -> Wait:
    return Wait(computed=Condition(source="", type=Type.DURATION, tree=tree))


def test_a_duration_may_depend_on_the_lead() -> None:
    one, three = (Const(value=days * DAY * 1000, type=Type.DURATION) for days in (1, 3))
    known = Known(operand=Field(name="phone", type=Type.TEXT, label="phone"))
    wait = duration(IfElse(test=known, then=one, otherwise=three))

    assert ends(wait, "2026-11-16 07:00", fields={"phone": "1"}) == utc("2026-11-17 07:00")
    assert ends(wait, "2026-11-16 07:00") == utc("2026-11-19 07:00")


@pytest.mark.parametrize(
    ("milliseconds", "waits"),
    [(-5000, timedelta(0)), (10**15, LONGEST), (10**25, LONGEST)],
)
def test_no_duration_goes_backwards_or_is_endless(milliseconds: int, waits: timedelta) -> None:
    wait = duration(Const(value=milliseconds, type=Type.DURATION))

    assert ends(wait, "2026-11-16 07:00") == utc("2026-11-16 07:00") + waits


def test_a_duration_that_is_missing_is_none() -> None:
    wait = duration(Field(name="patience", type=Type.DURATION, label="patience"))

    assert ends(wait, "2026-11-16 07:00") == utc("2026-11-16 07:00")
