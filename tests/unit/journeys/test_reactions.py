from pathlib import Path

import pytest

from coldframe.domain.playbook import Reactions
from infra.playbook import compile_client
from tests.unit.playbook.folders import CLIENTS, bakery, edit


@pytest.fixture(scope="module")
def harbor() -> Reactions:
    return compile_client(CLIENTS / "harbor", environment="dev").reactions


def test_a_date_of_the_lead_begins_a_journey(harbor: Reactions) -> None:
    (date,) = [each for each in harbor.dates if each.journey == "renewal"]

    assert (date.date, date.days, date.minute) == ("renewal_on", -90, 9 * 60 + 30)
    assert date.re_enter.mode == "after"


def test_an_ending_leads_to_the_journey_that_follows_it(harbor: Reactions) -> None:
    ends = {each.when.kind: each for each in harbor.exits if each.journey == "renewal"}

    assert (ends["plan.renewed"].reason, ends["plan.renewed"].then) == ("converted", "")
    assert (ends["plan.cancelled"].reason, ends["plan.cancelled"].then) == ("lapsed", "win-back")


def test_a_journey_that_another_leads_to_can_be_asked_for(harbor: Reactions) -> None:
    found = [each for each in harbor.entries if each.journey == "win-back"]
    (asked,) = [each for each in found if each.when.kind == "journey.requested"]

    assert asked.when.matches("journey.requested", {"journey": "win-back"})
    assert not asked.when.matches("journey.requested", {"journey": "trial"})


def test_a_wait_for_a_date_is_timed_anew_when_the_date_changes(harbor: Reactions) -> None:
    assert [(each.step, each.field) for each in harbor.retimes if each.journey == "renewal"] == [
        ("two-months-before", "renewal_on"),
        ("renewal-terms", "renewal_on"),
    ]


def test_what_conditions_count_is_remembered(harbor: Reactions) -> None:
    assert "demo.booked" in {rule.kind for rule in harbor.memory}


def test_a_wait_says_what_must_hold_of_the_lead() -> None:
    waits = compile_client(CLIENTS / "bakery", environment="dev").reactions.waits

    (wait,) = [each for each in waits if each.journey == "wedding"]
    assert wait.condition is not None
    assert wait.condition.source == "wedding_day is known"


@pytest.mark.parametrize(("status", "enters"), [("closing", False), ("stopped", False)])
def test_a_journey_that_closes_lets_nobody_in_but_keeps_its_machine(
    tmp_path: Path,
    status: str,
    enters: bool,  # noqa: FBT001 - the expected answer
) -> None:
    folder = bakery(tmp_path)
    edit(folder, "journeys/welcome.yaml", "status: live", f"status: {status}")

    compiled = compile_client(folder, environment="dev")

    assert any(each.journey == "welcome" for each in compiled.reactions.entries) is enters
    assert any(each.journey == "welcome" for each in compiled.reactions.exits)
    assert compiled.journeys["welcome"].status == status
    assert "welcome" in compiled.machines


def test_a_goal_alone_makes_leads_exit_as_converted(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, "journeys/welcome.yaml", "exit_when: tasting.booked\n", "")

    (leaving,) = [
        each
        for each in compile_client(folder, environment="dev").reactions.exits
        if each.journey == "welcome"
    ]

    assert (leaving.when.kind, leaving.reason) == ("tasting.booked", "converted")


@pytest.mark.parametrize("status", ["live", "closing"])
def test_what_ends_or_answers_a_passage_knows_what_tells_it_from_others(
    tmp_path: Path, status: str
) -> None:
    """Also when nobody comes in any more."""
    folder = bakery(tmp_path)
    keyed = f"re_enter: {{always: true, key: form}}\nstatus: {status}"
    edit(folder, "journeys/welcome.yaml", "re_enter: never\nstatus: live", keyed)

    reactions = compile_client(folder, environment="dev").reactions

    exits = {each.key for each in reactions.exits if each.journey == "welcome"}
    waits = {each.key for each in reactions.waits if each.journey == "welcome"}
    assert exits == waits == {"form"}
