"""Who was erased stays erased, through replays and late news, until it comes by itself."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.erasure import (
    is_dropped,
    is_gone,
    numbered_anew,
    still_marked,
    tombstone,
)
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import Touchpoint, record
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of

HOUR = timedelta(hours=1)
GONE = tombstone("ada", MONDAY, revision=4)
ANEW = replace(GONE, address="ada@example.com")


def received(at: datetime, kind: str = "form.submitted") -> Touchpoint:
    return record(lead="ada", kind=kind, source="test", received_at=at)


@pytest.mark.parametrize("profile", [GONE, ANEW])
@pytest.mark.parametrize("kind", ["form.submitted", "email.clicked", "unsubscribed"])
def test_what_was_received_before_is_dropped_for_ever(profile: Profile, kind: str) -> None:
    assert is_dropped(profile, received(MONDAY, kind))


def test_late_news_about_who_is_gone_is_dropped_and_its_own_word_is_not() -> None:
    later = MONDAY + HOUR

    assert is_dropped(GONE, received(later, "email.bounced"))
    assert not is_dropped(GONE, received(later))
    assert not is_dropped(ANEW, received(later, "email.clicked"))


def test_what_is_told_later_counts_for_who_came_anew_whenever_it_happened() -> None:
    late = replace(received(MONDAY + HOUR, "email.clicked"), occurred_at=MONDAY - HOUR)

    assert not is_dropped(ANEW, late)


def test_nobody_else_is_dropped() -> None:
    other = replace(ANEW, erased_at=None)

    assert not is_dropped(None, received(MONDAY))
    assert not is_dropped(other, received(MONDAY))
    assert not is_gone(other)


def test_the_mark_outlives_the_new_beginning() -> None:
    fresh = replace(ANEW, erased_at=None)

    assert still_marked(GONE, fresh).erased_at == MONDAY
    assert still_marked(None, fresh) is fresh
    assert still_marked(ANEW, ANEW) is ANEW


def test_runs_of_who_comes_anew_have_other_names() -> None:
    enrol = Decision(
        lead="ada", id="d", kind=DecisionKind.ENROL, cause="t", at=MONDAY, journey="welcome"
    )

    [anew] = numbered_anew([enrol], ANEW)

    assert int(anew.data["generation"]) > MONDAY.timestamp()
    assert numbered_anew([enrol], replace(ANEW, erased_at=None)) == (enrol,)


def test_a_lead_that_comes_back_is_enrolled_again_and_gets_what_it_asked_for() -> None:
    stage = Stage(World())
    ada = stage.post("ada@example.com")
    stage.settle()
    world = stage.world
    world.clock.at += HOUR
    world.profiles.rows[ada] = tombstone(ada, world.clock.now(), revision=9)
    world.enrolments.rows.clear()
    world.ledger.rows.clear()
    world.clock.at += HOUR

    stage.post("ada@example.com", name="Ada")
    stage.settle()

    assert world.mailer.mails() == ["guide", "guide"]
    assert ada == lead_of("ada@example.com")
    assert world.profiles.rows[ada].erased_at is not None
