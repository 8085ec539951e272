"""A mail scanner follows links and fetches pictures: nothing but the observation knows of it."""

import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from coldframe.domain.email_event import EmailEvent, EmailEventKind
from coldframe.domain.erasure import tombstone
from coldframe.domain.humanness import HALF
from coldframe.domain.message import TRAP, RenderedMail
from coldframe.domain.observation import Verdict
from coldframe.domain.touchpoint import EMAIL_CLICKED, VISITOR_IDENTIFIED, record
from tests.fakes.clock import MONDAY
from tests.fakes.stage import BROWSER, Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA, END

DELIVERED = MONDAY + timedelta(days=2)


@pytest.fixture
def stage() -> Stage:
    """Ada has just got the case study."""
    stage = Stage(World())
    stage.post(ADA)
    stage.advance(DELIVERED + timedelta(minutes=1))
    return stage


def state_of(stage: Stage) -> bytes:
    world = stage.world
    return pickle.dumps(
        (world.profiles.rows, world.gates.rows, world.enrolments.rows, world.ledger.rows)
    )


def test_a_scanner_leaves_everything_as_it_was_but_its_observation(stage: Stage) -> None:
    before = state_of(stage)
    mail = stage.world.mailer.sent[-1]

    for link in (2, 0, 1, 0):
        stage.follow(mail, link)
        stage.world.clock.advance(milliseconds=200)
    stage.unsubscribe(mail, posted=False)
    stage.advance(stage.world.clock.now() + timedelta(minutes=5))

    assert state_of(stage) == before
    [observation] = stage.world.observations.rows.values()
    assert observation.verdict is Verdict.MACHINE
    assert observation.decide_at is None
    kinds = {row.kind for row in stage.world.touchpoints.rows.values()}
    assert EMAIL_CLICKED not in kinds


LISTED = Path(__file__).parents[4] / "shared/data/lists/crawler-user-agents.json"
SHARES = 8
"""The long list is tried in so many tests, for as many cores."""


def crawlers() -> Iterator[str]:
    """A few of those that are known all over, and all of a long list if it is here."""
    yield from ("", "curl/8.0", "Mozilla/5.0 (compatible; bingbot/2.0)")
    if LISTED.exists():
        listed = json.loads(LISTED.read_bytes())
        yield from sorted({one for each in listed for one in each.get("instances", [])})


def look_at_all(stage: Stage, agent: str, links: Sequence[int]) -> None:
    """Three times within a second of delivery, with GET and HEAD, the way out included."""
    mail = stage.world.mailer.sent[-1]
    for _ in range(3):
        for link in links:
            for method in ("HEAD", "GET"):
                stage.follow(mail, link, agent=agent, method=method)
                stage.world.clock.advance(milliseconds=30)
        stage.unsubscribe(mail, posted=False, agent=agent)
    stage.advance(stage.world.clock.now() + timedelta(minutes=5))


def assert_a_machine_did_nothing(stage: Stage, said: str) -> None:
    [observation] = stage.world.observations.rows.values()
    assert observation.verdict is Verdict.MACHINE, said
    assert observation.human is not None, said
    assert observation.human < 0.05, said
    assert EMAIL_CLICKED not in {row.kind for row in stage.world.touchpoints.rows.values()}, said


@pytest.mark.parametrize("trapped", [True, False], ids=["with the trap", "visible links alone"])
def test_get_and_head_on_every_link_three_times_at_delivery_change_nothing(
    stage: Stage, *, trapped: bool
) -> None:
    """As an ordinary browser."""
    before = state_of(stage)

    look_at_all(stage, BROWSER, (0, 1, 2, TRAP) if trapped else (0, 1, 2))

    assert state_of(stage) == before
    assert_a_machine_did_nothing(stage, BROWSER)


@pytest.mark.parametrize("share", range(SHARES))
def test_nor_do_they_as_any_crawler_that_says_it_is_one(stage: Stage, share: int) -> None:
    world, at = stage.world, stage.world.clock.at
    tables = world.profiles, world.gates, world.enrolments, world.ledger
    before = [dict(table.rows) for table in tables]
    touchpoints = dict(world.touchpoints.rows)

    for agent in list(crawlers())[share::SHARES]:
        look_at_all(stage, agent, (0, 1, 2))

        assert [table.rows for table in tables] == before, agent
        assert_a_machine_did_nothing(stage, agent)
        world.observations.rows.clear()
        world.touchpoints.rows, world.clock.at = dict(touchpoints), at


def test_a_crawler_that_goes_on_for_minutes_stays_one(stage: Stage) -> None:
    """Its bursts part, but nobody else begins where it just was."""
    mail = stage.world.mailer.sent[-1]
    for link in (TRAP, 0, 0, 1, 1, 2, 2):
        stage.follow(mail, link)
        stage.world.clock.advance(milliseconds=14_000)
    stage.advance(stage.world.clock.now() + timedelta(minutes=5))

    assert EMAIL_CLICKED not in {row.kind for row in stage.world.touchpoints.rows.values()}


def test_a_click_keeps_the_probability_that_made_it_one(stage: Stage) -> None:
    stage.advance(MONDAY + timedelta(days=2, hours=4))
    stage.follow(stage.world.mailer.sent[-1], 1)
    stage.advance(END)

    [click] = [row for row in stage.world.touchpoints.rows.values() if row.kind == EMAIL_CLICKED]
    [observation] = stage.world.observations.rows.values()
    assert click.data["human"] == observation.human == 0.97


def test_after_the_scanner_comes_the_reader_whose_click_counts(stage: Stage) -> None:
    mail = stage.world.mailer.sent[-1]
    for link in range(3):
        stage.follow(mail, link)
    stage.advance(MONDAY + timedelta(days=2, hours=4))

    stage.follow(mail, 1)
    stage.advance(END)

    clicks = [row for row in stage.world.touchpoints.rows.values() if row.kind == EMAIL_CLICKED]
    assert [click.data["link"] for click in clicks] == [1]
    assert clicks[0].occurred_at == MONDAY + timedelta(days=2, hours=4)
    assert clicks[0].depth == 1
    assert "invitation" in stage.world.mailer.mails()


def test_a_click_counts_once_per_link_however_often_it_is_followed(stage: Stage) -> None:
    mail = stage.world.mailer.sent[-1]
    for _ in range(3):
        stage.advance(stage.world.clock.now() + timedelta(hours=1))
        stage.follow(mail, 1)
    stage.advance(END)

    clicks = [row for row in stage.world.touchpoints.rows.values() if row.kind == EMAIL_CLICKED]
    assert len(clicks) == 1


def test_evidence_that_the_stream_shows_after_the_verdict_was_judged_with_the_rest(
    stage: Stage,
) -> None:
    mail = stage.world.mailer.sent[-1]
    stage.world.clock.advance(hours=1)
    stage.follow(mail, 0)
    stage.follow(mail, 1)
    held = stage.world.stream.records.pop()

    stage.advance(stage.world.clock.now() + timedelta(minutes=1))
    stage.world.stream.records.append(held)
    stage.advance(END)

    [observation] = stage.world.observations.rows.values()
    assert observation.verdict is Verdict.MACHINE
    assert len(observation.evidence) == 2
    assert "invitation" not in stage.world.mailer.mails()


def test_a_tick_that_comes_before_its_evidence_is_no_loss(stage: Stage) -> None:
    mail = stage.world.mailer.sent[-1]
    stage.world.clock.advance(hours=1)
    stage.follow(mail, 0)
    held = stage.world.stream.records
    stage.world.stream.records = []
    stage.world.clock.advance(hours=1)
    stage.world.stream.records = held

    stage.settle()

    [observation] = stage.world.observations.rows.values()
    assert observation.verdict is Verdict.HUMAN
    assert replace(observation).decide_at is None


def test_an_earlier_follow_that_is_told_late_is_no_second_click(stage: Stage) -> None:
    mail = stage.world.mailer.sent[-1]
    stage.advance(MONDAY + timedelta(days=4))
    stage.follow(mail, 1)
    stage.advance(MONDAY + timedelta(days=4, hours=1))

    tags = dict(mail.tags)
    late = EmailEvent(
        id="click-told-late",
        lead=tags["lead"],
        message=tags["message"],
        mail=tags["mail"],
        kind=EmailEventKind.CLICKED,
        at=MONDAY + timedelta(days=3),
        link=1,
        agent=BROWSER,
    )
    assert stage.world.email_event_recording()([late]) == {}
    stage.advance(END)

    clicks = [row for row in stage.world.touchpoints.rows.values() if row.kind == EMAIL_CLICKED]
    assert [click.occurred_at for click in clicks] == [MONDAY + timedelta(days=4)]


def test_what_a_scanner_follows_at_once_is_written_of_once(stage: Stage) -> None:
    mail = stage.world.mailer.sent[-1]
    for link in (0, 1, 2):
        for method in ("HEAD", "GET"):
            stage.follow(mail, link, method=method)
    written = len(stage.world.writes.log)

    stage.settle()

    saved = [what for what in stage.world.writes.log[written:] if what == "observations.save"]
    [observation] = stage.world.observations.rows.values()
    assert (len(saved), len(observation.evidence)) == (1, 6)


def clicks_of(stage: Stage) -> list[int]:
    rows = stage.world.touchpoints.rows.values()
    return [row.data["link"] for row in rows if row.kind == EMAIL_CLICKED]


def lands(stage: Stage, mail: RenderedMail) -> None:
    """The page that a link leads to tells of its visitor, who has consented to that."""
    tags = dict(mail.tags)
    told = record(
        lead=tags["lead"],
        kind=VISITOR_IDENTIFIED,
        source="web",
        received_at=stage.world.clock.now(),
        data={"visitor": "v" + "0" * 25, "message": tags["message"]},
        own_id="v" + "0" * 25,
    )
    stage.survive(lambda: stage.world.touchpoints.append(told))


@pytest.mark.parametrize("seconds", [2.5, 6, 9.5])
def test_a_lone_follow_just_after_delivery_resolves_no_wait_of_a_mail_nobody_asked_for(
    stage: Stage, seconds: float
) -> None:
    """What scanners do to plain mails with one link, which hold no trap."""
    stage.world.clock.at = DELIVERED + timedelta(seconds=seconds)
    before = state_of(stage)

    stage.follow(stage.world.mailer.sent[-1])
    stage.advance(stage.world.clock.now() + timedelta(hours=1))

    assert clicks_of(stage) == []
    assert state_of(stage) == before


@pytest.mark.parametrize("later", [timedelta(seconds=5), timedelta(minutes=2)])
def test_it_is_a_click_as_soon_as_its_page_tells_of_the_visit(
    stage: Stage, later: timedelta
) -> None:
    mail = stage.world.mailer.sent[-1]
    stage.world.clock.at = followed_at = DELIVERED + timedelta(seconds=6)
    stage.follow(mail, 1)
    stage.advance(followed_at + later)

    lands(stage, mail)
    stage.advance(END)

    [click] = [row for row in stage.world.touchpoints.rows.values() if row.kind == EMAIL_CLICKED]
    assert (click.data["link"], click.occurred_at) == (1, followed_at)
    assert HALF <= click.data["human"] < 0.97
    assert "invitation" in stage.world.mailer.mails()


def test_a_scanner_that_follows_one_link_and_the_way_out_is_one_at_any_time(stage: Stage) -> None:
    mail = stage.world.mailer.sent[-1]
    stage.advance(stage.world.clock.now() + timedelta(hours=3))
    stage.follow(mail)
    stage.world.clock.advance(milliseconds=900)

    stage.unsubscribe(mail, posted=False)
    stage.advance(END)

    assert clicks_of(stage) == []


@pytest.mark.parametrize("comes_anew", [False, True])
def test_nothing_is_kept_of_who_follows_an_old_link_of_an_erased_lead(
    stage: Stage,
    *,
    comes_anew: bool,
) -> None:
    """Not even what program and network it was, also when the person has come back since."""
    world, mail = stage.world, stage.world.mailer.sent[-1]
    at = world.clock.now()
    for rows in (world.ledger.rows, world.observations.rows, world.touchpoints.rows):
        rows.clear()
    world.profiles.rows[lead_of(ADA)] = tombstone(lead_of(ADA), at, revision=9)
    world.clock.advance(days=1)
    if comes_anew:
        stage.post(ADA)
        stage.settle()
    before = set(world.touchpoints.rows)

    stage.follow(mail, agent=BROWSER)
    stage.advance(world.clock.now() + timedelta(hours=1))

    assert world.observations.rows == {}
    assert set(world.touchpoints.rows) == before
