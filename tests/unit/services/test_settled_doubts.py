"""A page that tells of its visit settles a doubt once, whenever it does, and is nothing alone."""

from datetime import timedelta

import pytest

from coldframe.domain.click import OBSERVATION
from coldframe.domain.message import RenderedMail
from coldframe.domain.touchpoint import EMAIL_CLICKED, TICK, Touchpoint, record
from coldframe.services.visiting import RecordVisits, VisitRecording
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World
from tests.unit.services.stories import ADA, END

DELIVERED = MONDAY + timedelta(days=2)


@pytest.fixture
def stage() -> Stage:
    """Ada has just got the case study."""
    stage = Stage(World())
    stage.post(ADA)
    stage.advance(DELIVERED + timedelta(minutes=1))
    return stage


def lands(stage: Stage, mail: RenderedMail, visitor: str = "0") -> None:
    """The page that a link led to just now tells of its visitor, and of nothing else."""
    world, tags = stage.world, dict(mail.tags)
    recording = VisitRecording(
        visits=world.touchpoints,  # type: ignore[arg-type]  # no visit is put there
        touchpoints=world.touchpoints,
        clock=world.clock,
    )
    told = RecordVisits(
        visitor="v" + visitor * 25,
        seen=(),
        keep=timedelta(days=90),
        lead=tags["lead"],
        message=tags["message"],
        followed=world.clock.now(),
    )
    stage.survive(lambda: recording(told))


def clicks(stage: Stage) -> list[Touchpoint]:
    rows = stage.world.touchpoints.rows.values()
    return sorted((row for row in rows if row.kind == EMAIL_CLICKED), key=lambda row: row.id)


def test_a_doubt_of_the_evening_is_settled_after_midnight_and_dated_as_it_was(
    stage: Stage,
) -> None:
    mail, midnight = stage.world.mailer.sent[-1], DELIVERED.replace(hour=0) + timedelta(days=1)
    stage.advance(midnight - timedelta(minutes=10))
    for link in range(3):
        stage.follow(mail, link)
        stage.world.clock.advance(seconds=3)
    stage.advance(midnight + timedelta(minutes=10))
    in_doubt = clicks(stage)

    lands(stage, mail)
    stage.advance(END)

    assert in_doubt == []
    assert sorted(each.data["link"] for each in clicks(stage)) == [0, 1, 2]
    assert all(each.occurred_at < midnight for each in clicks(stage))


def test_however_many_browsers_tell_of_it_a_click_counts_once(stage: Stage) -> None:
    mail = stage.world.mailer.sent[-1]
    stage.world.clock.at = DELIVERED + timedelta(seconds=6)
    stage.follow(mail, 1)

    for minutes, visitor in enumerate("abc"):
        stage.advance(DELIVERED + timedelta(minutes=2 + minutes))
        lands(stage, mail, visitor)
        stage.settle()
    stage.advance(END)

    assert [each.data["link"] for each in clicks(stage)] == [1]
    assert len(stage.world.mailer.mails()) == len(set(stage.world.mailer.mails()))


def test_a_page_that_tells_of_a_mail_nobody_followed_leaves_nothing(stage: Stage) -> None:
    lands(stage, stage.world.mailer.sent[-1])
    stage.advance(END)

    assert stage.world.observations.rows == {}
    assert clicks(stage) == []


def test_a_tick_is_believed_its_instant_by_a_clock_that_is_behind(stage: Stage) -> None:
    """Else it would judge nothing, and nobody came again."""
    world, mail = stage.world, stage.world.mailer.sent[-1]
    world.clock.advance(hours=1)
    stage.follow(mail, 1)
    due = world.clock.now() + timedelta(seconds=20)
    world.clock.at = due - timedelta(milliseconds=5)
    stage.react()
    tags = dict(mail.tags)
    about = {"about": OBSERVATION + tags["message"]}
    tick = record(lead=tags["lead"], kind=TICK, source="due", received_at=due, data=about)

    assert world.reacting()(tick) == ""

    assert [each.data["link"] for each in clicks(stage)] == [1]
