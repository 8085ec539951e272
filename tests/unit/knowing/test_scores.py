from dataclasses import replace
from datetime import datetime
from itertools import permutations

from coldframe.domain.conditions.decay import Decay
from coldframe.domain.profile import Profile
from coldframe.domain.react import react
from infra.playbook.knowing.source import Engagement, Fading, Named, Raising, ScoringSource
from tests.unit.knowing.happening import day, happened, posted, viewed
from tests.unit.knowing.living import NOWHERE, Life, reactions_of
from tests.unit.knowing.test_membership import BAKERY


def scoring(points: float = 30, **changes: object) -> ScoringSource:
    rule = Engagement(
        event="page.viewed",
        where={"path": "/p*"},
        points=points,
        cap=90,
        fading=Fading(decay=Decay.NONE),
        spot=NOWHERE,
    )
    told = ScoringSource(engagement=(rule,), tiers={"hot": 80, "warm": 50, "cool": 20})
    return replace(told, **changes)  # type: ignore[arg-type]  # a field by its name


def test_touchpoints_in_any_order_give_the_same_score() -> None:
    visits = [viewed("/p", number) for number in (0, 3, 5)]
    gift = happened("score.given", 4, points=-5, why="no show", journey="welcome")
    scores = set()
    for order in permutations([posted(), *visits, gift, visits[0]]):
        life = Life(reactions_of({}, BAKERY, scoring=scoring()))
        for each in order:
            life.hear(each)
        assert life.profile
        scores.add((str(sorted(life.profile.memory.items())), str(life.profile.given)))
        assert life.profile.standing.held["tier"].value == "hot"

    assert len(scores) == 1


def test_points_that_a_journey_gives_count_once() -> None:
    life = Life(reactions_of({"s0": "score >= 7"}, BAKERY, scoring=scoring()))
    life.hear(posted())
    gift = happened("score.given", 1, points=7, why="asked twice", journey="welcome")

    life.hear(gift)
    life.hear(gift)

    assert life.segments == {"s0"}
    assert life.profile
    assert len(life.profile.given) == 1


def test_the_furthest_of_the_lifecycle_is_kept_with_its_date_and_reason() -> None:
    rungs = (
        Named(name="mql", asked="score >= 50", spot=NOWHERE),
        Named(name="sal", asked='did("sales.contacted") >= 1', spot=NOWHERE),
    )
    life = Life(reactions_of({}, BAKERY, scoring=scoring(lifecycle=rungs)))
    life.hear(posted())
    for number in (1, 2):
        life.hear(viewed("/p", number))
    life.hear(happened("score.given", 3, points=-100, why="a mistake", journey="welcome"))

    assert life.profile
    reached = life.profile.standing.reached
    assert {name: each.at for name, each in reached.items()} == {"mql": day(2)}
    assert reached["mql"].why == "because score is 60 (needs at least 50)"


def test_who_is_disqualified_is_cold_and_comes_no_further() -> None:
    told = scoring(
        disqualify=(Named(name="disqualified", asked='industry == "food"', spot=NOWHERE),),
        lifecycle=(Named(name="mql", asked="score >= 50", spot=NOWHERE),),
    )
    life = Life(reactions_of({}, BAKERY, scoring=told))
    life.hear(posted(industry="food"))
    for number in (1, 2, 3):
        life.hear(viewed("/p", number))

    assert life.profile
    standing = life.profile.standing
    assert {name: held.value for name, held in standing.held.items()} == {
        "status": "disqualified",
        "tier": "cold",
    }
    assert standing.reached == {}


def test_an_alert_fires_once_until_the_score_has_gone_well_below() -> None:
    told = scoring(alerts=(Raising(about="tier", name="warm", spot=NOWHERE, margin=10),))
    reactions = reactions_of({}, BAKERY, scoring=told)
    profile: Profile | None = None
    fired: list[datetime] = []

    def give(points: int, number: int) -> None:
        nonlocal profile
        gift = happened("score.given", number, points=points, why="", journey="welcome")
        reaction = react(profile, gift, reactions)
        profile = reaction.profile
        fired.extend(each.occurred_at for each in reaction.derived)

    for number, points in enumerate([55, -10, 10, -16, 20, 1], start=1):
        give(points, number)

    assert fired == [day(1), day(5)]


def test_a_persona_is_the_first_that_holds_and_else_everyone_else() -> None:
    personas = (
        Named(name="shop", asked='industry == "retail"', spot=NOWHERE),
        Named(name="regular", asked="vip", spot=NOWHERE),
        Named(name="other", asked="", spot=NOWHERE),
    )
    life = Life(reactions_of({}, BAKERY, personas=personas))
    found = []
    for number, said in enumerate([{}, {"vip": "true"}, {"industry": "retail"}]):
        life.hear(posted(number, **said))
        assert life.profile
        found.append(life.profile.standing.held["persona"].value)

    assert found == ["other", "regular", "shop"]
