"""A lead's company is asked like a field of its own, and a colleague's deeds change the answer."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from coldframe.domain.company import SOON
from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.known_facts import facts_asked
from coldframe.domain.playbook import Reactions
from coldframe.domain.touchpoint import FIELDS_SET, record
from infra.playbook.conditions.built_in import catalogue
from infra.playbook.conditions.compiling import compile_condition
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY, REACTIONS
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.knowing.living import reactions_of

ADA, GRACE, ALAN = (f"{name}@lovelace.example" for name in ("ada", "grace", "alan"))
SEGMENTS = {
    "team": "company.active_leads >= 2",
    "named": 'company.name == "Lovelace Ltd"',
}


def asking(segments: dict[str, str]) -> Reactions:
    known = reactions_of(segments, catalogue(segments=tuple(segments)))
    return replace(
        REACTIONS, entries=(), memory=known.memory, knowing=known.knowing, needs=known.needs
    )


@pytest.fixture
def stage() -> Stage:
    world = World()
    world.playbook.rules = asking(SEGMENTS)
    return Stage(world)


def segments(stage: Stage, address: str) -> set[str]:
    return set(stage.world.profiles.rows[lead_of(address)].standing.segments)


def test_leads_hear_of_a_colleague_within_minutes(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(hours=1))
    assert segments(stage, ADA) == set()

    stage.post(GRACE, company="Lovelace Ltd")
    stage.advance(MONDAY + timedelta(hours=1) + SOON + timedelta(minutes=2))

    assert segments(stage, ADA) == {"team", "named"}
    assert segments(stage, GRACE) == {"team", "named"}


def test_a_branch_hears_the_number_of_its_own_moment(stage: Stage) -> None:
    """What a branch or a mail's block asks is drawn without segments and scores."""
    stage.world.playbook.rules = replace(REACTIONS, entries=(), needs=("field company.name",))
    several = compile_condition("company.active_leads >= 2", catalogue=catalogue())
    stage.post(ADA)
    stage.post(GRACE)
    stage.advance(MONDAY + timedelta(hours=1))
    ada = stage.world.profiles.rows[lead_of(ADA)]

    def holds(now: datetime) -> object:
        facts = facts_asked([several], ada, client=BAKERY, knowing=Knowing(), now=now)
        return evaluate(several, facts, now=now).value

    assert holds(MONDAY + timedelta(hours=1)) is True
    assert holds(MONDAY + timedelta(days=40)) is False


def test_who_falls_silent_is_active_no_more_when_its_time_is_over(stage: Stage) -> None:
    stage.post(ADA)
    stage.post(GRACE)
    stage.advance(MONDAY + timedelta(days=20))
    assert segments(stage, ADA) == {"team"}
    stage.post(ADA)

    stage.advance(MONDAY + timedelta(days=31) - timedelta(hours=12))
    assert segments(stage, ADA) == {"team"}
    stage.advance(MONDAY + timedelta(days=31))

    assert segments(stage, ADA) == set()


def test_a_mailbox_provider_is_nobodys_company(stage: Stage) -> None:
    for name in ("ada", "grace"):
        stage.post(f"{name}@gmail.com")

    stage.advance(MONDAY + timedelta(hours=1))

    assert stage.world.companies.heads == {}


def test_a_field_says_better_where_a_lead_works(stage: Stage) -> None:
    stage.post(ADA)
    stage.post("grace@gmail.com")
    said = {"company_domain": " Lovelace.example"}
    stage.world.touchpoints.append(
        record(
            lead=lead_of("grace@gmail.com"),
            kind=FIELDS_SET,
            source="journey",
            received_at=MONDAY,
            data={"fields": said},
        )
    )

    stage.advance(MONDAY + timedelta(hours=1))

    assert segments(stage, ADA) == segments(stage, "grace@gmail.com") == {"team"}


def test_nobody_becomes_a_colleague_by_saying_so_in_a_form(stage: Stage) -> None:
    stage.post(ADA)
    stage.post("mallory@gmail.com", company_domain="lovelace.example")

    stage.advance(MONDAY + timedelta(hours=1))

    assert segments(stage, ADA) == segments(stage, "mallory@gmail.com") == set()


def test_nothing_is_kept_of_companies_where_nothing_asks_for_them() -> None:
    world = World()
    world.playbook.rules = asking({"known": "last_seen is known"})
    stage = Stage(world)
    stage.post(ADA)

    stage.advance(MONDAY + timedelta(hours=1))

    assert world.companies.heads == {}
    assert world.profiles.rows[lead_of(ADA)].company == ""


def test_a_merged_person_counts_once(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(minutes=30))
    stage.post(GRACE)
    stage.advance(MONDAY + timedelta(hours=1))
    stage.merge(ADA, GRACE)

    stage.advance(MONDAY + timedelta(hours=2))

    assert segments(stage, ADA) == set()


@pytest.mark.parametrize("order", list(permutations((ADA, GRACE, ALAN))))
def test_in_whatever_order_they_come_the_company_is_the_same(
    stage: Stage, order: tuple[str, ...]
) -> None:
    for address in order:
        stage.post(address)
        stage.settle()

    stage.advance(MONDAY + timedelta(hours=1))

    assert all(segments(stage, each) == {"team"} for each in order)
    known = {stage.world.profiles.rows[lead_of(each)].colleagues for each in order}
    assert {(each.name, len(each.active_until)) for each in known if each} == {
        ("lovelace.example", 3)
    }


@pytest.mark.parametrize("point", range(24))
def test_a_crash_between_any_two_writes_leaves_nobody_uninformed(stage: Stage, point: int) -> None:
    stage.post(ADA)
    stage.settle()
    stage.world.writes.crash_at = 2 * len(stage.world.writes.log) + point
    stage.post(GRACE)

    stage.advance(MONDAY + timedelta(days=1))

    assert segments(stage, ADA) == segments(stage, GRACE) == {"team"}
