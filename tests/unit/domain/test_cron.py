"""A schedule is foreseen as EventBridge Scheduler fires it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coldframe.domain.cron import firings

VIENNA = ZoneInfo("Europe/Vienna")
NOVEMBER = datetime(2026, 11, 1, tzinfo=VIENNA)


def told(schedule: str, *, days: int = 30) -> list[str]:
    found = firings(
        f"cron({schedule})", VIENNA, after=NOVEMBER, before=NOVEMBER + timedelta(days=days)
    )
    return [f"{at.astimezone(VIENNA):%d %H:%M}" for at in found]


def tens(*days: int) -> list[str]:
    return [f"{day:02} 10:00" for day in days]


@pytest.mark.parametrize(
    ("schedule", "fires"),
    [
        ("0 10 1 * ? *", ["01 10:00"]),
        ("30 9 ? * MON *", ["02 09:30", "09 09:30", "16 09:30", "23 09:30", "30 09:30"]),
        ("0 10 ? * 3#2 *", ["10 10:00"]),
        ("0 10 ? * 6L *", ["27 10:00"]),
        ("0 10 ? * FRI#5 *", []),
        (
            "0 10 ? 11 SUN-MON 2026",
            [f"{day:02} 10:00" for day in (1, 2, 8, 9, 15, 16, 22, 23, 29, 30)],
        ),
        ("0 10 ? * SAT-SUN *", [f"{day:02} 10:00" for day in (1, 7, 8, 14, 15, 21, 22, 28, 29)]),
        ("0 10 L * ? *", ["30 10:00"]),
        ("0 10 LW * ? *", ["30 10:00"]),
        ("0 10 1W * ? *", ["02 10:00"]),
        ("0 10 14W * ? *", ["13 10:00"]),
        ("0 8-10/2 3,5 NOV,DEC ? *", ["03 08:00", "03 10:00", "05 08:00", "05 10:00"]),
        ("0/30 10 4 * ? *", ["04 10:00", "04 10:30"]),
        ("0 10 10/10 * ? *", ["10 10:00", "20 10:00", "30 10:00"]),
        ("0 10 1 DEC ? *", []),
        ("0 10 1 * ? 2027", []),
    ],
)
def test_each_way_to_say_a_day_is_known(schedule: str, fires: list[str]) -> None:
    assert told(schedule) == fires


def test_it_fires_by_the_wall_clock_also_when_clocks_are_changed() -> None:
    march = datetime(2027, 3, 27, tzinfo=UTC)

    found = list(
        firings("cron(30 2 * * ? *)", VIENNA, after=march, before=march + timedelta(days=3))
    )

    assert [f"{at.astimezone(VIENNA):%d %H:%M}" for at in found] == [
        "27 02:30",
        "28 03:00",
        "29 02:30",
    ]


def test_nothing_before_the_first_instant_nor_at_the_last() -> None:
    at = datetime(2026, 11, 2, 10, tzinfo=VIENNA)
    schedule = "cron(0 10 * * ? *)"

    assert list(firings(schedule, VIENNA, after=at, before=at + timedelta(days=1))) == [at]
