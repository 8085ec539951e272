"""A flood from one mailbox or network is put aside, whatever order its posts are heard of in."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.touchpoint import FORM_QUARANTINED, FORM_SUBMITTED
from coldframe.domain.velocity import FROM_ADDRESS, FROM_NETWORK, RELEASED, WINDOW
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.floods import post, reader

EXTRA = 4


def opened(seed: int | None = None) -> Stage:
    world = World()
    world.playbook.without_limits()
    world.playbook.rules = replace(world.playbook.rules, entries=())
    return Stage(world, order=None if seed is None else Random(seed))  # noqa: S311 - an order to test


def flood(stage: Stage) -> Stage:
    for number in range(FROM_ADDRESS + EXTRA):
        post(stage, f"ada+{number}@example.com")
    return stage


def kept(stage: Stage) -> int:
    return len([row for row in stage.world.touchpoints.rows.values() if row.kind == FORM_SUBMITTED])


def test_one_mailbox_posts_five_times_and_then_waits_for_a_persons_eye() -> None:
    stage = flood(opened())
    post(stage, "grace@example.com")
    stage.settle()

    aside = [row for row, _ in stage.world.touchpoints.quarantined.values()]
    assert len(aside) == EXTRA
    assert {row.kind for row in aside} == {FORM_QUARANTINED}
    assert all("same_address" in row.data["signs"] for row in aside)
    assert len(stage.world.profiles.rows) == FROM_ADDRESS + 1
    assert lead_of("grace@example.com") in stage.world.profiles.rows


def test_one_network_posts_a_hundred_times() -> None:
    stage = opened()
    for number in range(FROM_NETWORK + EXTRA):
        post(stage, reader(number))
    post(stage, "grace@example.com", network="elsewhere")
    stage.settle()

    aside = [row for row, _ in stage.world.touchpoints.quarantined.values()]
    assert len(aside) == EXTRA
    assert all("same_network" in row.data["signs"] for row in aside)
    assert len(stage.world.profiles.rows) == FROM_NETWORK + 1


def test_the_next_window_has_room_again() -> None:
    stage = flood(opened())
    stage.settle()
    stage.world.clock.at += WINDOW

    post(stage, "ada+later@example.com")
    stage.settle()

    assert lead_of("ada+later@example.com") in stage.world.profiles.rows


def test_one_nonce_for_many_addresses_is_many_posts() -> None:
    stage = opened()
    for number in range(FROM_ADDRESS + EXTRA):
        post(stage, f"ada+{number}@example.com", nonce="the same")
    stage.settle()

    assert len(stage.world.touchpoints.quarantined) == EXTRA


@given(seed=st.integers())
@settings(max_examples=25, deadline=None)
def test_in_any_order_and_however_often_as_many_get_in_and_each_is_somewhere(seed: int) -> None:
    stage = flood(opened(seed))
    stage.settle()

    assert kept(stage) == FROM_ADDRESS
    assert len(stage.world.touchpoints.quarantined) == EXTRA
    assert not stage.world.touchpoints.quarantined.keys() & stage.world.touchpoints.rows.keys()
    assert stage.world.profiles.rows.keys() == {lead for lead, _ in stage.world.touchpoints.rows}


def test_a_crash_at_any_write_loses_and_doubles_nothing() -> None:
    calm = flood(opened())
    calm.settle()
    for point in range(calm.world.writes.points):
        stage = opened()
        stage.world.writes.crash_at = point
        flood(stage).settle()

        assert kept(stage) == FROM_ADDRESS, point
        assert len(stage.world.touchpoints.quarantined) == EXTRA, point
        assert stage.world.touchpoints.parked == {}, point


def test_what_a_person_released_is_nurtured_and_old_records_of_it_change_nothing() -> None:
    stage = flood(opened())
    records = list(stage.world.stream.records)
    stage.settle()
    (lead, name), (suspect, _) = next(iter(stage.world.touchpoints.quarantined.items()))
    told = {**suspect.data, RELEASED: True}
    stage.world.clock.advance(minutes=1)
    now = stage.world.clock.now()
    genuine = replace(suspect, kind=FORM_SUBMITTED, received_at=now, data=told)
    del stage.world.touchpoints.quarantined[lead, name]
    stage.world.touchpoints.append(genuine)

    stage.world.stream.records += records
    stage.settle()

    assert lead in stage.world.profiles.rows
    assert stage.world.touchpoints.rows[lead, name] == genuine
    assert (lead, name) not in stage.world.touchpoints.quarantined
