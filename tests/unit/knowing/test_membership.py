"""Membership by reactions and due instants is what asking from scratch gives, at any instant."""

from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coldframe.domain.conditions.decay import Decay
from coldframe.domain.conditions.nodes import Type
from coldframe.domain.touchpoint import FORM_SUBMITTED, Touchpoint, record
from infra.playbook.conditions.built_in import catalogue
from infra.playbook.conditions.catalogue import FieldSpec
from infra.playbook.knowing.source import Engagement, Fading, Fit, ScoringSource
from tests.unit.conditions import writing
from tests.unit.knowing.living import NOWHERE, Life, changes, reactions_of
from tests.unit.knowing.naive import members

MS = timedelta(milliseconds=1)
SPAN = 45 * 86_400_000
NAMES = ("s0", "s1", "s2")
BAKERY = catalogue(
    fields=[
        FieldSpec(name="industry", type=Type.TEXT),
        FieldSpec(name="vip", type=Type.BOOLEAN),
        FieldSpec(name="wedding", type=Type.DATE),
        FieldSpec(name="tasting", type=Type.INSTANT),
        FieldSpec(name="patience", type=Type.DURATION),
    ],
    segments=NAMES,
)


def _earns(event: str, points: float, cap: float, fading: Fading, **where: str) -> Engagement:
    return Engagement(event=event, where=where, points=points, cap=cap, fading=fading, spot=NOWHERE)


SCORING = ScoringSource(
    fit=(
        Fit(asked='industry == "retail"', points=5, spot=NOWHERE),
        Fit(asked="calendar_days_since(wedding) >= 0", points=-4, spot=NOWHERE),
    ),
    engagement=(
        _earns(
            "page.viewed", 30, 50, Fading(decay=Decay.HALVING, over=timedelta(days=7)), path="/p*"
        ),
        _earns("form.submitted", -10, 20, Fading(decay=Decay.LINEAR, over=timedelta(days=30))),
        _earns("page.viewed", 2.5, 5, Fading(decay=Decay.NONE), path="/"),
    ),
    tiers={"hot": 50, "warm": 20, "cool": 2.5},
)

asked = st.one_of(
    writing.conditions,
    writing.conditions,
    st.sampled_from(['tier == "hot"', 'tier in ["warm", "cool"]', "engagement > 20"]),
)


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, str]:
    """Later segments may ask for earlier ones; so may the first in the file for the last."""
    one, two, three = draw(asked), draw(asked), draw(asked)
    joined = draw(st.sampled_from(["and", "or", "and not"]))
    return {
        "s0": f'({one}) {joined} in_segment("s2")' if draw(st.booleans()) else one,
        "s1": f'in_segment("s0") {joined} ({two})' if draw(st.booleans()) else two,
        "s2": three,
    }


said = st.fixed_dictionaries(
    {},
    optional={
        "industry": st.sampled_from(["retail", "food"]),
        "vip": st.sampled_from(["true", "false"]),
        "zone": st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Africa/Cairo"]),
        "wedding": st.sampled_from(["2026-10-25", "2026-11-01", "2026-11-10"]),
        "tasting": st.sampled_from(["2026-10-26T00:30:00Z", "2026-11-03T12:00:00Z"]),
    },
)
moments = st.integers(0, SPAN).map(lambda ms: writing.START + ms * MS)


@st.composite
def doings(draw: st.DrawFn) -> Touchpoint:
    kind = draw(st.sampled_from(["page.viewed", "page.viewed", FORM_SUBMITTED]))
    form = {"form": "guide", "fields": draw(said), "consents": {}, "address": "ada@example.com"}
    page = {"path": draw(st.sampled_from(["/", "/pricing", "/p"]))}
    happened, late = draw(moments), draw(st.sampled_from([0, 0, 0, 5_000, 86_400_000 * 3]))
    return record(
        lead="ada",
        kind=kind,
        source="test",
        occurred_at=happened,
        received_at=happened + late * MS,
        data=form if kind == FORM_SUBMITTED else page,
    )


def delivered(history: list[Touchpoint], order: Random) -> list[tuple[Any, Touchpoint]]:
    """Each at its receipt or a little later, so that neighbours overtake; some of them twice."""
    again = [each for each in history if order.random() < 0.2]
    lags = [MS * order.choice([1, 50, 3_600_000, 86_400_000]) for _ in (*history, *again)]
    due = [
        (each.received_at + lag, each) for each, lag in zip((*history, *again), lags, strict=True)
    ]
    return sorted(due, key=lambda one: one[0])


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    segments=definitions(),
    history=st.lists(doings(), min_size=1, max_size=8, unique_by=lambda each: each.id),
    zone=writing.ZONES,
    order=st.randoms(use_true_random=False),
    looks=st.lists(st.integers(0, SPAN), max_size=12),
)
def test_membership_is_what_asking_from_scratch_gives_at_any_instant(  # noqa: PLR0915 - one life
    segments: dict[str, str],
    history: list[Touchpoint],
    zone: Any,
    order: Random,
    looks: list[int],
) -> None:
    reactions = reactions_of(segments, BAKERY, scoring=SCORING, zone=str(zone))
    life, heard = Life(reactions), list[Touchpoint]()

    def right_at(now: Any) -> None:
        life.sweep(now)
        assert life.segments == members(reactions, heard, now), now

    deliveries = delivered(history, order)
    grid = [writing.START + ms * MS for ms in looks]
    for number, (at, touchpoint) in enumerate(deliveries):
        if order.random() < 0.7:
            life.sweep(at)
        life.hear(touchpoint)
        if touchpoint not in heard:
            heard.append(touchpoint)
        until = deliveries[number + 1][0] if number + 1 < len(deliveries) else at + SPAN * MS
        right_at(at)
        for look in sorted(one for one in grid if at < one < until):
            due_at = life.due_at
            if due_at and at < due_at - MS < look:
                right_at(due_at - MS)
            right_at(look)
    for segment in segments:
        told = list(changes(life.told, segment))
        assert told == ["entered", "left"] * (len(told) // 2) + ["entered"] * (len(told) % 2)
        assert (segment in life.segments) is (len(told) % 2 == 1)
