"""What a simulation finds adds up, and is what the behaviour says it should be."""

from pathlib import Path

import pytest

from coldframe.domain.local_time import zone_of
from tests.unit.simulate.garden import STILL, scene
from workbench.simulate.findings import findings
from workbench.simulate.in_words import report
from workbench.simulate.people import number_of
from workbench.simulate.running import diary_of, simulate
from workbench.simulate.scene import Scene
from workbench.simulate.tally import Tally

LEADS = 120


def test_the_same_seed_tells_the_same_story_on_any_number_of_cores(folder: Path) -> None:
    tested = scene(folder, "tested")

    one, two = (findings(tested, simulate(tested, leads=600, cores=cores)) for cores in (1, 2))

    assert one == two
    assert report(tested, one) == report(scene(folder, "tested"), two)


def test_another_seed_tells_another(folder: Path) -> None:
    one, other = (simulate(scene(folder, "six", seed=seed), leads=LEADS) for seed in (7, 8))

    assert one != other


def test_sums_add_up(folder: Path) -> None:
    tested = scene(folder, "tested", days=20)

    tally = simulate(tested, leads=LEADS)

    assert tally.entered == tally.leads == LEADS
    assert sum(tally.ended.values()) + tally.inside == LEADS
    assert sum(tally.shares.values()) == tally.steps["length"]
    assert sum(number * leads for number, leads in tally.mails_per_lead.items()) == tally.mails
    assert sum(tally.share_mails.values()) == tally.mails


def test_six_mails_with_waits_between_cost_twelve_transitions_a_lead(folder: Path) -> None:
    six = scene(folder, "six", STILL)

    tally = simulate(six, leads=LEADS)

    put_off = tally.told["tip-1", "put off: quiet_hours"]  # who came in by night
    assert tally.mails == 6 * LEADS
    assert [what for _, what in tally.told if "put off" in what] == ["put off: quiet_hours"]
    assert tally.transitions == 12 * LEADS + 2 * put_off
    assert tally.ended == {"completed": LEADS}
    assert tally.most_in_a_week == {2: LEADS}


def test_who_does_not_agree_gets_no_marketing(folder: Path) -> None:
    tally = simulate(scene(folder, "six", {**STILL, "consent": "0%"}), leads=LEADS)

    assert tally.mails == 0
    assert tally.told["tip-1", "withheld: no_consent"] == LEADS


def test_who_unsubscribes_after_the_first_mail_gets_no_second(folder: Path) -> None:
    behaves = {**STILL, "unsubscribe": "100%", "open_after": "2 minutes"}

    tally = simulate(scene(folder, "six", behaves), leads=LEADS)

    assert tally.mailed == {"tip-1": LEADS}
    assert tally.ended == {"suppressed": LEADS}


def test_a_scanner_behind_everybody_clicks_nothing(folder: Path) -> None:
    tally = simulate(scene(folder, "six", {**STILL, "scanner": "100%"}), leads=LEADS)

    assert tally.happened["followed by machines"] == 3 * 6 * LEADS
    assert tally.happened["machines taken for people"] == 0
    assert not tally.clicked


def test_people_click_as_often_as_they_are_said_to(folder: Path) -> None:
    behaves = {**STILL, "open": "100%", "click": "50%", "open_after": "2 hours"}

    tally = simulate(scene(folder, "six", behaves), leads=LEADS)

    assert tally.opened.total() == tally.mails
    assert abs(tally.clicked.total() / tally.mails - 0.5) < 0.06


def test_a_goal_takes_the_lead_out_and_is_timed(folder: Path) -> None:
    behaves = {**STILL, "goal_unprompted": "100%"}

    tally = simulate(scene(folder, "six", behaves), leads=LEADS)
    found = findings(scene(folder, "six"), tally)

    assert len(tally.goals) == LEADS
    assert tally.ended["converted"] > 0
    assert found["goal"]["rate"] == 1
    assert 0 < found["goal"]["rate_in_time"] < 1
    assert found["goal"]["days_to_it"]["half"] <= found["goal"]["days_to_it"]["most"]


def test_other_exits_happen_as_often_as_they_are_said_to(folder: Path) -> None:
    behaves = {**STILL, "events": "{order.called_off: 100%}"}

    tally = simulate(scene(folder, "six", behaves, days=400), leads=LEADS)

    assert tally.ended["called-off"] > 0
    assert set(tally.ended) == {"called-off", "completed"}


def test_a_holdout_is_held_against_the_treated(folder: Path) -> None:
    found = findings(*_run(folder, {**STILL, "goal": "30%"}))

    [split] = found["splits"]
    held, treated = split["holdout"]["held_out"], split["holdout"]["treated"]
    assert held["goals"] == held["mails_per_lead"] == 0
    assert treated["goal_rate"] > 0
    assert split["holdout"]["difference"] == pytest.approx(treated["goal_rate"], abs=1e-4)
    assert held["leads"] + treated["leads"] == LEADS


def _run(folder: Path, behaves: dict[str, str]) -> tuple[Scene, Tally]:
    tested = scene(folder, "tested", behaves)
    return tested, simulate(tested, leads=LEADS)


def test_a_field_has_the_values_that_were_given(folder: Path) -> None:
    behaves = {**STILL, "values": "{trade: {food: 100%}}"}

    tally = simulate(scene(folder, "tested", behaves), leads=LEADS)

    assert tally.steps["tip-4"] == LEADS
    assert "tip-5" not in tally.steps


def test_a_lead_does_the_same_whoever_else_comes_in_and_however_long(folder: Path) -> None:
    short, long = (diary_of(scene(folder, "tested", days=days), 17)[1] for days in (25, 90))

    assert short.lines
    assert long.lines
    assert long.lines[: len(short.lines)] == short.lines


def test_mails_go_by_the_leads_own_clock(folder: Path) -> None:
    behaves = {**STILL, "zones": "{Asia/Tokyo: 50%, America/New_York: 50%}"}
    abroad = scene(folder, "six", behaves)

    for number in range(20):
        ride, story = diary_of(abroad, number)
        zone = zone_of(ride.person.zone, otherwise="UTC")
        assert ride.person.zone
        assert all(8 <= at.astimezone(zone).hour < 21 for at in story.mails[1:])


def test_an_address_tells_which_lead_it_is() -> None:
    assert number_of("ada-00000@example.com") == 0
    assert number_of(" Grace-00001@EXAMPLE.com ") == 1
    for stranger in ("ada-1@example.com", "bob-00001@example.com", "ada-00000@other.example", ""):
        assert number_of(stranger) is None


def test_parts_add_up_to_the_whole(folder: Path) -> None:
    tested = scene(folder, "tested")
    parts = [simulate(tested, leads=number) for number in (40, 80)]

    whole = Tally()
    whole.add(parts[1])

    assert whole == parts[1]
    assert parts[0].mails < parts[1].mails
