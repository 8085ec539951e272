"""The preference page: at once on the gate, then in the profile; looking changes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coldframe.domain.errors import InvalidToken
from coldframe.domain.gate import Prohibition
from coldframe.services.preferring import Choice
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of

ADA = "ada@example.com"
LEAD = lead_of(ADA)
WANTED = frozenset({"baking"})


@pytest.fixture
def stage() -> Stage:
    """Ada asked for the guide and agreed to baking tips."""
    stage = Stage(World())
    stage.world.playbook.of = replace(
        stage.world.playbook.of, topics={"baking": "Baking tips", "tastings": "Tastings"}
    )
    stage.post(ADA)
    stage.settle()
    return stage


def token(stage: Stage) -> str:
    [mail] = stage.world.mailer.sent
    return stage.world.links.sign("preferences", lead=LEAD, message=dict(mail.tags)["message"])


def choose(stage: Stage, topics: frozenset[str] = WANTED, **more: object) -> list[str]:
    """What it wrote."""
    before = len(stage.world.writes.log)
    choice = Choice(topics=topics, **more)  # type: ignore[arg-type]  # an example's values
    stage.world.preferring().choose(token(stage), choice)
    return stage.world.writes.log[before:]


def topics(stage: Stage) -> set[str]:
    stage.settle()
    return set(stage.world.profiles.rows[LEAD].consents)


def test_looking_shows_what_is_and_why_and_writes_nothing(stage: Stage) -> None:
    written = len(stage.world.writes.log)

    shown = stage.world.preferring().look(token(stage))

    assert shown.wanted == WANTED
    assert shown.why is not None
    assert shown.why.asked_for
    assert shown.why.journey == "Welcome"
    assert len(stage.world.writes.log) == written


def test_a_link_for_another_purpose_opens_nothing(stage: Stage) -> None:
    other = stage.world.links.sign("unsubscribe", lead=LEAD)

    with pytest.raises(InvalidToken):
        stage.world.preferring().look(other)


def test_the_gate_is_told_before_anything_else(stage: Stage) -> None:
    assert choose(stage, frozenset()) == ["gates.prefer", "touchpoints.append"]


def test_a_topic_switched_off_leaves_the_profile_too_and_ends_its_mails(stage: Stage) -> None:
    choose(stage, frozenset())

    assert topics(stage) == set()
    stage.advance(stage.world.clock.now() + timedelta(days=20))
    assert stage.world.mailer.mails(ADA) == ["guide"]


def test_switched_on_again_it_is_a_confirmed_consent(stage: Stage) -> None:
    choose(stage, frozenset())
    topics(stage)
    stage.world.clock.at += timedelta(hours=1)

    choose(stage, WANTED)

    assert topics(stage) == {"baking"}
    consent = stage.world.profiles.rows[LEAD].consents["baking"]
    assert (consent.confirmed, consent.text) == (True, "Baking tips")


def test_the_same_choice_again_writes_nothing(stage: Stage) -> None:
    choose(stage, WANTED, a_week=1)
    topics(stage)
    stage.world.clock.at += timedelta(hours=1)

    assert choose(stage, WANTED, a_week=1) == []


def test_a_choice_that_changes_nothing_but_was_never_made_is_kept(stage: Stage) -> None:
    choose(stage, frozenset({"baking", "tastings"}))

    assert topics(stage) == {"baking", "tastings"}


def test_a_pause_ends_at_the_leads_own_midnight(stage: Stage) -> None:
    choose(stage, WANTED, paused_until=date(2026, 12, 24))

    chosen = stage.world.gates.get(LEAD).preferences
    assert chosen is not None
    assert chosen.paused_until == datetime(2026, 12, 23, 23, tzinfo=UTC)


def test_during_the_pause_nothing_comes_and_afterwards_it_goes_on(stage: Stage) -> None:
    choose(stage, WANTED, paused_until=date(2026, 12, 24))

    stage.advance(datetime(2026, 12, 23, 22, tzinfo=UTC))
    assert stage.world.mailer.mails() == ["guide"]
    stage.advance(datetime(2026, 12, 25, 22, tzinfo=UTC))

    assert stage.world.mailer.mails()[:2] == ["guide", "case-study"]


def test_who_leaves_is_unsubscribed_as_by_the_link(stage: Stage) -> None:
    shown = stage.world.preferring().leave(token(stage))

    assert shown.unsubscribed
    assert shown.wanted == frozenset()
    assert topics(stage) == set()


def test_who_left_and_ticks_a_topic_is_back_with_that_topic_alone(stage: Stage) -> None:
    stage.world.preferring().leave(token(stage))
    topics(stage)
    stage.world.clock.at += timedelta(days=1)

    choose(stage, frozenset({"tastings"}))

    assert topics(stage) == {"tastings"}
    assert stage.world.gates.get(LEAD).unsubscribed_at is None


def test_who_left_and_saves_without_a_topic_stays_out(stage: Stage) -> None:
    stage.world.preferring().leave(token(stage))

    choose(stage, frozenset(), a_week=1)

    assert stage.world.gates.get(LEAD).unsubscribed_at is not None


def test_a_complaint_is_not_taken_back_by_a_tick(stage: Stage) -> None:
    stage.world.gates.forbid(LEAD, Prohibition.COMPLAINED, stage.world.clock.now())

    choose(stage, frozenset({"tastings"}))

    assert stage.world.gates.get(LEAD).complained_at is not None


def test_topics_that_the_client_does_not_have_are_passed_over(stage: Stage) -> None:
    choose(stage, frozenset({"baking", "politics"}))

    assert topics(stage) == {"baking"}


@pytest.mark.parametrize("crash", range(4))
def test_a_crash_anywhere_is_mended_by_posting_again(crash: int) -> None:
    stage = Stage(World())
    stage.post(ADA)
    stage.settle()
    stage.world.writes.crash_at = len(stage.world.writes.log) * 2 + crash

    stage.survive(lambda: choose(stage, frozenset()))

    assert topics(stage) == set()
    chosen = stage.world.gates.get(LEAD).preferences
    assert chosen is not None
    assert chosen.off == ("baking",)
