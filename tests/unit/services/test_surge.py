"""Ten times the usual hour's new leads: nothing goes to them until somebody has looked."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.errors import StaleLead
from coldframe.domain.surge import FACTOR, USUAL_AT_LEAST, hour_of
from coldframe.services.surging import looked_at
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import WELCOME
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.floods import post, reader

FLOOR = FACTOR * USUAL_AT_LEAST
MORE = 12


def opened(seed: int | None = None) -> Stage:
    world = World()
    world.playbook.without_limits()
    world.profiles.tallies.newcomers[hour_of(MONDAY)] = FLOOR - 2
    return Stage(world, order=None if seed is None else Random(seed))  # noqa: S311 - an order to test


def surge(stage: Stage, *, leads: int = MORE) -> Stage:
    for number in range(leads):
        post(stage, reader(number), network=str(number))
    return stage


def look(stage: Stage, *, dropped: bool = False) -> datetime:
    world, now = stage.world, stage.world.clock.now()
    assert looked_at(world.gates.surges, world.newcomers, now=now, dropped=dropped)
    return now


def guides(stage: Stage) -> list[str]:
    return [
        each.recipient for each in stage.world.mailer.sent if dict(each.tags)["mail"] == "guide"
    ]


def test_a_usual_hour_holds_nobody() -> None:
    stage = surge(opened(), leads=2)
    stage.settle()

    assert len(guides(stage)) == 2
    assert stage.world.gates.surges.stored.since is None
    assert stage.world.surges_told == []


def test_what_comes_after_the_one_too_many_is_held_and_people_are_told() -> None:
    stage = surge(opened())
    stage.settle()

    stored = stage.world.gates.surges.stored
    assert stored.since == hour_of(MONDAY)
    assert (stored.leads, stored.limit) == (FLOOR + 1, FLOOR)
    assert guides(stage) == []
    assert stage.world.surges_told
    rows = stage.world.ledger.rows.values()
    assert {row.why for row in rows} == {"surge"}


def test_who_was_known_before_is_not_held() -> None:
    stage = opened()
    post(stage, "ada@example.com")
    stage.settle()
    stage.world.clock.advance(hours=1)
    stage.world.profiles.tallies.newcomers[hour_of(MONDAY) + timedelta(hours=1)] = FLOOR
    surge(stage)
    stage.settle()
    before = len(stage.world.mailer.sent)

    stage.advance(MONDAY + timedelta(days=4))

    later = stage.world.mailer.sent[before:]
    assert {each.recipient for each in later} == {"ada@example.com"}


def test_released_mails_come_one_after_another() -> None:
    stage = surge(opened())
    stage.advance(MONDAY + timedelta(minutes=20))
    at = look(stage)
    stage.advance(at + timedelta(minutes=50))

    assert sorted(guides(stage)) == sorted(map(reader, range(MORE)))
    last = stage.world.gates.surges.stored.looked[-1]
    assert last.paced_over == timedelta(seconds=2) * last.leads
    sent = sorted(row.sent_at for row in stage.world.ledger.rows.values() if row.sent_at)
    assert sent[0] > at
    assert len(set(sent)) > MORE / 2


def test_dropped_leads_hear_nothing_and_their_journeys_end() -> None:
    stage = surge(opened())
    stage.advance(MONDAY + timedelta(minutes=20))
    look(stage, dropped=True)
    stage.advance(MONDAY + timedelta(days=20))

    assert stage.world.mailer.sent == []
    assert {row.reason for row in stage.world.enrolments.rows.values()} == {"suppressed"}
    assert {row.why for row in stage.world.ledger.rows.values()} == {"surge_dropped"}


def test_who_comes_back_after_a_drop_meant_it() -> None:
    stage = surge(opened())
    stage.advance(MONDAY + timedelta(minutes=20))
    look(stage, dropped=True)
    stage.advance(MONDAY + timedelta(days=2))
    stage.world.stream.records.clear()
    stage.world.broadcasts.asked.clear()
    post(stage, reader(3), nonce="again")
    stage.settle()

    stage.broadcast("letter", stage.world.clock.now())

    assert [each.recipient for each in stage.world.mailer.sent] == [reader(3)]


def test_what_was_released_is_no_surge_again_and_what_was_dropped_is() -> None:
    for dropped in (False, True):
        stage = surge(opened())
        stage.settle()
        stage.world.clock.advance(minutes=5)
        look(stage, dropped=dropped)
        stage.world.clock.advance(minutes=5)

        post(stage, "grace@example.com", network="another")
        stage.settle()

        held = stage.world.gates.surges.stored.since
        assert held == (MONDAY + timedelta(minutes=5) if dropped else None)


@pytest.mark.parametrize(("dropped", "told"), [(None, 0), (True, 0), (False, MORE)])
def test_nobody_is_told_of_leads_who_may_be_none(*, dropped: bool | None, told: int) -> None:
    stage = opened()
    first = replace(WELCOME.steps["hand-off"], next="end")
    stage.world.playbook.journeys["welcome"] = replace(WELCOME, steps={"hand-off": first})
    (entry, *_) = stage.world.playbook.rules.entries
    rules = replace(stage.world.playbook.rules, entries=(replace(entry, first="hand-off"),))
    stage.world.playbook.rules = rules
    surge(stage).advance(MONDAY + timedelta(minutes=20))
    if dropped is not None:
        look(stage, dropped=dropped)

    stage.advance(MONDAY + timedelta(hours=2))

    assert len(stage.world.mailer.mails()) == told


@given(seed=st.integers())
@settings(max_examples=20, deadline=None)
def test_shuffled_and_repeated_records_find_the_same_surge(seed: int) -> None:
    stage = surge(opened(seed))
    stage.settle()

    stored = stage.world.gates.surges.stored
    assert stored.since == hour_of(MONDAY)
    assert stage.world.newcomers.in_hour(hour_of(MONDAY)) == FLOOR - 2 + MORE


def test_a_crash_at_any_write_counts_each_lead_once_and_finds_the_surge() -> None:
    calm = surge(opened(), leads=4)
    calm.react()
    for point in range(calm.world.writes.points):
        stage = opened()
        stage.world.writes.crash_at = point
        surge(stage, leads=4).settle()

        assert stage.world.newcomers.in_hour(hour_of(MONDAY)) == FLOOR + 2, point
        assert stage.world.gates.surges.stored.since == hour_of(MONDAY), point
        assert stage.world.surges_told, point


def test_two_who_look_at_once_do_not_undo_each_other() -> None:
    stage = surge(opened())
    stage.settle()
    surges = stage.world.gates.surges
    read = surges.read()
    look(stage)

    with pytest.raises(StaleLead):
        surges.save(replace(read, since=None))

    assert lead_of(reader(0)) in stage.world.profiles.rows
    assert len(surges.stored.looked) == 1
