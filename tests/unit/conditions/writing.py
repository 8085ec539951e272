"""Random conditions, as a client would write them, and random leads to ask them about."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from coldframe.domain.conditions.decay import Decay, Points, Sum
from tests.unit.conditions.examples import touchpoint

START = datetime(2026, 10, 20, 22, tzinfo=UTC)
"""Some days before Europe's clocks go back."""

ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Vienna",
        "America/New_York",
        "America/Santiago",
        "America/Nuuk",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Kiritimati",
        "Africa/Cairo",
    ]
).map(ZoneInfo)

_signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
_orders = st.sampled_from(["<", "<=", ">", ">="])
_durations = st.one_of(
    st.integers(-3, 30).map(lambda n: f"days({n})"),
    st.integers(1, 200).map(lambda n: f'"{n} hours"'),
    st.sampled_from(
        ["weeks(2)", "days(1.5) - minutes(1)", "days(fit)", "hours(7) / 3", "patience"]
    ),
)
_instants = st.sampled_from(
    [
        "created_at",
        "tasting",
        "tasting + days(2)",
        "last_seen",
        'last("page.viewed")',
        'last("page.viewed", path="/p*")',
        'first("form.submitted")',
        "(tasting if vip else created_at)",
        "(tasting if since(created_at) > days(5) else last_seen)",
    ]
)
_days = st.one_of(_instants, st.just("wedding"))
_events = st.sampled_from(
    ['"page.viewed"', '"page.viewed", path="/p*"', '"page.viewed", path="/"', '"form.submitted"']
)
_windows = st.one_of(
    st.just(""),
    st.integers(1, 30).map(lambda n: f', within="{n} days"'),
    st.integers(1, 50).map(lambda n: f", within=hours({n})"),
)


def _written(pattern: str, *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda values: pattern.format(*values))


_leaves: st.SearchStrategy[str] = st.one_of(
    _written("did({}{}) {} {}", _events, _windows, _signs, st.integers(1, 4)),
    _written("did({}{}) in [1, 3]", _events, _windows),
    _written("since({}) {} {}", _instants, _orders, _durations),
    _written("{2} {1} until({0})", _instants, _orders, _durations),
    _written("calendar_days_since({}) {} {}", _days, _signs, st.integers(-5, 20)),
    _written("calendar_days_until({}) {} {}", _days, _signs, st.sampled_from(["2.5", "fit", "-1"])),
    _written("calendar_days_since({}) not in [0, 1, 7]", _days),
    _written(
        "{} {} {}",
        st.sampled_from(["score", "engagement"]),
        _orders,
        st.sampled_from([-20, -10, 0, 2.5, 20, 49, 50]),
    ),
    _written("{} {} {}", _instants, _signs, _instants),
    st.sampled_from(
        ["vip", "industry is known", 'industry == "retail"', "last_seen is not known", "fit > 5"]
    ),
)

_shapes = st.sampled_from(["{}", "{}", "({} and {})", "({} or {})", "not {}", "({} if {} else {})"])


@st.composite
def _nested(draw: st.DrawFn, depth: int) -> str:
    shape = draw(_shapes) if depth else "{}"
    if shape == "{}":
        return draw(_leaves)
    return shape.format(*[draw(_nested(depth - 1)) for _ in range(shape.count("{}"))])


conditions = _nested(3)

_ago = st.one_of(
    st.integers(0, 40).map(lambda days: timedelta(days=days)),
    st.integers(0, 40 * 86_400_000).map(lambda ms: timedelta(milliseconds=ms)),
)

histories = st.lists(
    st.builds(
        lambda kind, ago, path: touchpoint(kind, ago=ago, now=START, path=path),
        st.sampled_from(["page.viewed", "page.viewed", "form.submitted"]),
        _ago,
        st.sampled_from(["/", "/pricing", "/p"]),
    ),
    max_size=8,
    unique_by=lambda happened: happened.id,
)

_points = st.builds(
    Points,
    points=st.sampled_from([60, 50, 30, 5, 2.5, -10, -40]),
    at=_ago.map(lambda ago: START - ago),
    decay=st.sampled_from(Decay),
    over=st.sampled_from([timedelta(days=7), timedelta(days=30), timedelta(hours=5)]),
)
_caps = st.sampled_from([None, 20, 50])
_groups = st.builds(Sum, parts=st.lists(_points, max_size=4).map(tuple), cap=_caps)
_scores = st.builds(
    Sum,
    parts=st.tuples(_groups, _points),
    floor=st.sampled_from([None, 0]),
)
_near = st.one_of(
    st.integers(-20, 20).map(lambda days: START + timedelta(days=days)),
    st.integers(-(10**9), 10**9).map(lambda ms: START + timedelta(milliseconds=ms)),
)

leads = st.fixed_dictionaries(
    {"created_at": _near},
    optional={
        "tasting": _near,
        "last_seen": _near,
        "wedding": st.integers(-9, 20).map(lambda days: date(2026, 10, 24) + timedelta(days=days)),
        "patience": st.sampled_from([timedelta(days=3), timedelta(milliseconds=1)]),
        "fit": st.integers(-3, 20),
        "score": _scores,
        "engagement": _scores,
        "vip": st.booleans(),
        "industry": st.sampled_from(["retail", "food"]),
    },
)
