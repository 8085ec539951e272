"""Records of the stream come late, twice and in any order: the same lead, the same mails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.enrolment import Enrolment
from coldframe.domain.observation import Observation
from coldframe.domain.profile import Profile
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World
from tests.unit.services.stories import ADA, END, STORIES

Story = Callable[[Stage], None]


def told(story: Story, order: Random | None = None) -> Stage:
    world = World()
    world.playbook.without_limits()
    stage = Stage(world, order=order)
    story(stage)
    return stage


def shuffled_by(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - an order to test, not a secret


def profiles(stage: Stage) -> dict[str, Profile]:
    return {key: replace(row, revision=0) for key, row in stage.world.profiles.rows.items()}


def observations(stage: Stage) -> dict[tuple[str, str], Observation]:
    return {key: replace(row, revision=0) for key, row in stage.world.observations.rows.items()}


def enrolments(stage: Stage) -> dict[tuple[str, str], Enrolment]:
    """A repeated record may resume a lead once more, to the same end."""
    return {key: replace(row, generation=0) for key, row in stage.world.enrolments.rows.items()}


@pytest.mark.parametrize("story", STORIES)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers())
def test_shuffled_late_and_repeated_records_end_the_same(story: Story, seed: int) -> None:
    in_order = told(story)

    shuffled = told(story, shuffled_by(seed))

    assert profiles(shuffled) == profiles(in_order)
    assert observations(shuffled) == observations(in_order)
    assert sorted(shuffled.mails()) == sorted(in_order.mails())
    assert enrolments(shuffled) == enrolments(in_order)
    assert shuffled.world.touchpoints.rows.keys() == in_order.world.touchpoints.rows.keys()


@given(seed=st.integers())
@settings(max_examples=25, deadline=None)
def test_who_books_right_after_asking_has_converted_whatever_comes_first(seed: int) -> None:
    stage = Stage(World(), order=shuffled_by(seed))
    stage.post(ADA)
    stage.world.clock.advance(seconds=5)
    stage.book_tasting(ADA)

    stage.advance(END)

    ends = [row.reason for row in stage.world.enrolments.rows.values()]
    assert ends in ([], ["converted"])
    assert "case-study" not in stage.world.mailer.mails()


def test_a_poisoned_record_is_parked_and_holds_up_nobody() -> None:
    stage = Stage(World())
    poisoned = stage.post("grace@example.com")
    stage.world.stream.records = [
        replace(stage.world.touchpoints.rows[key], data={"form": "cake-guide", "fields": 5})
        for key in stage.world.touchpoints.rows
    ]
    stage.post(ADA)

    stage.advance(MONDAY + timedelta(minutes=1))

    assert [lead for lead, _ in stage.world.touchpoints.parked] == [poisoned]
    assert list(stage.world.touchpoints.parked.values()) == ["AttributeError"]
    assert stage.world.mailer.mails(ADA) == ["guide"]
