"""A crash before or after any write, then a retry: the same end, and no mail twice."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.message import MessageState
from tests.fakes.stage import Stage
from tests.fakes.world import World
from tests.unit.services.stories import STORIES

Story = Callable[[Stage], None]
MAY_BE_REPEATED = {"guide", "_hand_off", "_notify", "_task"}


def told(
    story: Story,
    *,
    crash_at: int | None = None,
    later: Sequence[int] = (),
    silent: bool = False,
) -> Stage:
    world = World()
    world.playbook.without_limits()
    world.writes.crash_at, world.writes.later = crash_at, list(later)
    stage = Stage(world, silent=silent)
    story(stage)
    return stage


def crashes(story: Story, *, silent: bool = False) -> Iterator[tuple[str, Stage]]:
    """The story with a crash at every point, and what the point is."""
    log = told(story).world.writes.log
    for point in range(2 * len(log)):
        when = f"{'after' if point % 2 else 'before'} {log[point // 2]} (point {point})"
        yield when, told(story, crash_at=point, silent=silent)


@pytest.mark.parametrize("story", STORIES)
def test_a_crash_at_any_write_changes_nothing_in_the_end(story: Story) -> None:
    calm = told(story)

    for when, crashed in crashes(story):
        assert crashed.machine.stuck == [], when
        assert crashed.world.touchpoints.parked == {}, when
        assert ends(crashed) == ends(calm), when
        assert len(crashed.mails()) == len(set(crashed.mails())), when
        if not dropped(crashed):
            assert set(crashed.mails()) == set(calm.mails()), when
            assert states(crashed) == states(calm), when
            assert consents(crashed) == consents(calm), when
            assert crashed.world.webhooks.heard() == calm.world.webhooks.heard(), when
            assert crashed.world.texts.sent == calm.world.texts.sent, when


@pytest.mark.parametrize("story", STORIES)
def test_a_mail_in_doubt_is_dropped_and_said_to_be(story: Story) -> None:
    for when, crashed in crashes(story):
        sent = {message for _, _, message in crashed.mails()}

        assert len(dropped(crashed)) <= 1, when
        assert not dropped(crashed) & sent, when
        assert all(state is not MessageState.SENDING for state in states(crashed).values()), when


@pytest.mark.parametrize("story", STORIES)
def test_when_ses_tells_nothing_only_what_may_be_repeated_is(story: Story) -> None:
    for when, crashed in crashes(story, silent=True):
        mails = crashed.mails()
        twice = {name for lead, name, message in mails if mails.count((lead, name, message)) > 1}

        assert twice <= MAY_BE_REPEATED, when
        assert crashed.machine.stuck == [], when


@pytest.mark.parametrize("story", STORIES)
@settings(max_examples=40, deadline=None)
@given(points=st.lists(st.integers(0, 90), min_size=2, max_size=5, unique=True).map(sorted))
def test_several_crashes_are_survived_like_one(story: Story, points: list[int]) -> None:
    calm = told(story)

    crashed = told(story, crash_at=points[0], later=points[1:])

    assert crashed.machine.stuck == []
    assert ends(crashed) == ends(calm)
    assert len(crashed.mails()) == len(set(crashed.mails()))
    assert not dropped(crashed) & {message for _, _, message in crashed.mails()}


def ends(stage: Stage) -> dict[str, tuple[str, str]]:
    return {row.id: (row.status, row.reason) for row in stage.world.enrolments.rows.values()}


def states(stage: Stage) -> dict[tuple[str, str], MessageState]:
    return {key: row.state for key, row in stage.world.ledger.rows.items()}


def consents(stage: Stage) -> dict[str, list[str]]:
    return {lead: sorted(row.consents) for lead, row in stage.world.profiles.rows.items()}


def dropped(stage: Stage) -> set[str]:
    return {message for (_, message), state in states(stage).items() if state == "unknown"}
