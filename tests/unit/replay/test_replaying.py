"""What happened happens again, as long as nothing was edited."""

from datetime import timedelta

import pytest

from tests.unit.replay.nursery import Nursery
from tests.unit.replay.played import Story, book_of, changes, pasts, played, replayed
from tests.unit.replay.seeded import Life
from tests.unit.services.stories import (
    STORIES,
    followed_edits,
    merged_on_the_way,
    orders_at_once,
)
from workbench.replay.outcome import as_recorded
from workbench.replay.rerun import Rerun, Setting

UNEDITED = [
    story
    for story in STORIES
    if "edits" not in story.__name__
    and story not in {orders_at_once, merged_on_the_way}  # no run could begin; two histories
]


@pytest.mark.parametrize("story", UNEDITED, ids=lambda each: each.__name__)
def test_a_story_is_decided_as_it_was(story: Story) -> None:
    world = played(story)

    assert world.enrolments.rows
    assert replayed(world) == []


@pytest.mark.parametrize("story", UNEDITED, ids=lambda each: each.__name__)
def test_the_replay_does_all_that_the_record_holds(story: Story) -> None:
    """No change is told, and not because nothing was compared."""
    world = played(story)
    book = book_of(world.playbook)

    for past in pasts(world):
        was = as_recorded(past, book)
        now = Rerun(past, Setting(book=book, pause=None, tolerance=timedelta(minutes=15))).run()

        assert was.passages
        assert {each.id: each.acts.keys() for each in was.passages} == {
            each.id: each.acts.keys() for each in now.passages
        }
        assert was.letters.keys() == now.letters.keys()
        assert was.told.keys() == now.told.keys()
        assert was.verdicts == now.verdicts


@pytest.mark.parametrize("client", ["bakery", "harbor"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_months_of_many_lives_are_decided_as_they_were(client: str, seed: int) -> None:
    """Scores, segments, dates, replies, preferences; by a machine that takes its time."""
    world = Life(client, seed).lived(20)

    assert len(world.mailer.sent) > 40
    assert replayed(world) == []


def test_an_edit_while_a_lead_was_inside_is_told_as_the_change_that_it_was() -> None:
    """Who came in by the old order would go by the new one from the start."""
    world = played(followed_edits)

    assert [each.kind for each in replayed(world)] == ["time"]


def test_where_nothing_takes_time_not_even_a_second_differs(nursery: Nursery) -> None:
    compiled = nursery.compiled()
    world = nursery.world
    world.playbook.rules = compiled.reactions

    found = [
        change
        for past in pasts(world)
        for change in changes(past, book_of(world.playbook), tolerance=timedelta(0))
    ]

    assert found == []
