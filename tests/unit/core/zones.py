"""Instants near which clocks are changed, in zones that do it each in its own way."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

TURNS = {
    "Europe/Zurich": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "America/Havana": ("2026-03-08", "2026-11-01"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "America/Sao_Paulo": ("2018-11-04", "2019-02-17"),
    "Africa/Casablanca": ("2026-02-15", "2026-03-22"),
    "Pacific/Apia": ("2011-12-30", "2011-12-30"),
    "Asia/Kathmandu": ("2026-05-05", "2026-05-05"),
}
MINUTE = timedelta(minutes=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@st.composite
def instants(draw: Any) -> tuple[datetime, ZoneInfo]:
    """A minute within three days of a change of the clocks, and the zone."""
    name = draw(st.sampled_from(sorted(TURNS)))
    day = draw(st.sampled_from(TURNS[name]))
    minutes = draw(st.integers(-3 * 24 * 60, 3 * 24 * 60))
    return utc(day) + MINUTE * minutes, ZoneInfo(name)


def wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
