"""How long a tier, a status or a lifecycle has held is asked of the clock, and right to the ms."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.conditions.decay import Decay
from coldframe.domain.knowing.rules import since_when
from coldframe.domain.touchpoint import Touchpoint
from infra.playbook.conditions.built_in import catalogue
from infra.playbook.knowing.compiling import compile_knowing
from infra.playbook.knowing.source import (
    ContentSource,
    Engagement,
    Fading,
    KnowingSource,
    Named,
    ScoringSource,
)
from infra.reading.problems import Problems, Spot
from tests.unit.knowing.happening import day, happened, posted, viewed
from tests.unit.knowing.living import NOWHERE, Life, reactions_of
from tests.unit.knowing.naive import members

WEEK = Fading(decay=Decay.HALVING, over=timedelta(days=7))
SCORING = ScoringSource(
    engagement=(
        Engagement(event="page.viewed", where={}, points=30, cap=90, fading=WEEK, spot=NOWHERE),
    ),
    tiers={"hot": 50, "warm": 20, "cool": 5},
    lifecycle=(Named(name="mql", asked="score >= 50", spot=NOWHERE),),
    status=(Named(name="lost", asked='did("form.submitted") >= 2', spot=NOWHERE),),
)
ASKED = {
    "stuck": 'tier == "warm" and since(tier_since) > days(3)',
    "fresh": "since(tier_since) < hours(36)",
    "lost": 'status == "lost" and since(status_since) >= days(10)',
    "long": "since(lifecycle_since) >= days(20)",
}
TIERS = {f"is_{tier}": f'tier == "{tier}"' for tier in ("hot", "warm", "cool", "cold")}
OTHERS = {"is_lost": 'status == "lost"', "is_mql": 'lifecycle == "mql"'}
KNOWN = catalogue(segments=(*ASKED, *TIERS, *OTHERS))
RULES = reactions_of({**ASKED, **TIERS, **OTHERS}, KNOWN, scoring=SCORING)
PLAIN = reactions_of({**TIERS, "is_lost": OTHERS["is_lost"]}, KNOWN, scoring=SCORING)
MS, QUARTER = timedelta(milliseconds=1), timedelta(hours=6)


class Yardstick:
    """When each thing was concluded last, found by asking from scratch and by halving."""

    def __init__(self) -> None:
        self.heard: list[Touchpoint] = []
        self.since: dict[str, datetime] = {}
        self.held: dict[str, str] = {}

    def asked(self, now: datetime) -> dict[str, str]:
        inside = members(PLAIN, self.heard, now)
        tier = next(name for name in TIERS if name in inside)
        reached = self.held.get("lifecycle") == "mql" or tier == "is_hot"
        return {
            "tier": tier.removeprefix("is_"),
            "status": "lost" if "is_lost" in inside else "open",
            "lifecycle": "mql" if reached else "lead",
        }

    def look(self, before: datetime, now: datetime) -> None:
        """What the clock changed since; a quarter of a day holds one change at most."""
        quarters = (now - before) // QUARTER
        for start, end in pairwise([*(before + QUARTER * n for n in range(quarters + 1)), now]):
            if self.asked(end) != self.held:
                self.told(self._first(start, end))

    def _first(self, start: datetime, end: datetime) -> datetime:
        while end - start > MS:
            middle = start + (end - start) // (2 * MS) * MS
            start, end = (start, middle) if self.asked(middle) != self.held else (middle, end)
        return end

    def told(self, at: datetime) -> None:
        for name, value in self.asked(at).items():
            if self.held.get(name) != value:
                first = name == "lifecycle" and value == "lead"
                self.since[name] = min(e.occurred_at for e in self.heard) if first else at
                self.held[name] = value

    def members(self, now: datetime) -> set[str]:
        age = {name: now - since for name, since in self.since.items()}
        found = {
            "stuck": self.held["tier"] == "warm" and age["tier"] > timedelta(days=3),
            "fresh": age["tier"] < timedelta(hours=36),
            "lost": self.held["status"] == "lost" and age["status"] >= timedelta(days=10),
            "long": age["lifecycle"] >= timedelta(days=20),
        }
        return {name for name, inside in found.items() if inside}


pages = st.integers(1, 40 * 96).map(lambda quarter: viewed("/", quarter / 96))
forms = st.integers(1, 40 * 96).map(
    lambda quarter: happened("form.submitted", quarter / 96, form="f", fields={}, consents={})
)


@settings(max_examples=40, deadline=None)
@given(
    history=st.lists(pages | forms, max_size=9, unique_by=lambda each: each.id),
    looks=st.lists(st.integers(1, 60 * 288), min_size=1, max_size=8),
    swept=st.booleans(),
)
def test_it_is_what_asking_from_scratch_at_any_instant_gives(
    history: list[Touchpoint], looks: list[int], *, swept: bool
) -> None:
    life, yardstick = Life(RULES), Yardstick()
    grid = [(day(look / 288), None) for look in looks]
    heard = [(each.received_at, each) for each in (posted(), *history)]
    before = day(0)
    for at, touchpoint in sorted([*heard, *grid], key=lambda one: (one[0], one[1] is None)):
        if yardstick.heard:
            yardstick.look(before, at)
        if touchpoint:
            life.hear(touchpoint)
            yardstick.heard.append(touchpoint)
            yardstick.told(at)
        if swept or not touchpoint:
            life.sweep(at)
            assert life.segments & ASKED.keys() == yardstick.members(at), at
        before = at


def test_the_sixtieth_day_is_a_due_instant_and_another_tier_begins_anew() -> None:
    rules = reactions_of(
        {"stuck": 'tier == "cold" and since(tier_since) >= days(60)'}, KNOWN, scoring=SCORING
    )
    life = Life(rules)
    life.hear(posted())
    assert life.due_at == day(60)

    life.hear(viewed("/", 30))
    life.sweep(day(59))

    cold_again = life.profile and life.profile.standing.held["tier"].since
    assert cold_again
    assert life.due_at == cold_again + timedelta(days=60)
    life.sweep(life.due_at)
    assert life.segments == {"stuck"}


def test_who_is_heard_of_earlier_than_we_knew_has_been_a_lead_for_longer() -> None:
    life = Life(reactions_of({"long": ASKED["long"]}, KNOWN, scoring=SCORING))
    life.hear(posted(10))
    assert life.due_at == day(30)

    life.hear(happened("plan.renewed", 2, received=11))

    assert life.due_at == day(22)


@pytest.mark.parametrize("asks", ["tier", "lifecycle"])
def test_what_comes_first_cant_ask_how_long_the_later_has_held(asks: str) -> None:
    problems = Problems()
    spot = Spot(file="scoring.yaml", line=7, path="", problems=problems)
    wrong = Named(name="lost", asked=f"since({since_when(asks)}) > days(9)", spot=spot)
    source = KnowingSource(
        segments={},
        personas=(),
        content=ContentSource(),
        scoring=ScoringSource(status=(wrong,)),
        own_scoring=True,
        own_segments=True,
    )

    compile_knowing(source, KNOWN, zone="Europe/Vienna")

    (problem,) = problems.found
    assert f"`{asks}_since` can't be asked for here" in str(problem)
