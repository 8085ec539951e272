"""A paused client: its marketing waits, what waited too long is dropped, the asked-for goes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from coldframe.domain.client_pause import LATEST, SOONEST, TOO_LONG, Pause
from coldframe.domain.consent import Consent
from coldframe.domain.gate import Gate
from coldframe.domain.message import MailKind
from coldframe.domain.profile import Profile
from coldframe.domain.sending import Answer, Word, may_send
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY
from tests.fakes.stage import Stage
from tests.fakes.world import World

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FREE = replace(BAKERY, caps=(), quiet_hours=None)


def asked(
    pause: Pause, *, now: datetime, due_since: datetime | None = None, lead: str = "ada",
    kind: MailKind = MailKind.VALUE,
) -> Answer:  # fmt: skip
    consent = Consent(at=MONDAY, by="t", source="form:guide", text="Yes.")
    return may_send(
        kind,
        topic="baking",
        gate=Gate(lead=lead, client_pause=pause),
        profile=Profile(
            lead=lead, address="ada@example.com", created_at=MONDAY, consents={"baking": consent}
        ),
        client=FREE,
        requested_at=MONDAY,
        now=now,
        due_since=due_since,
    )


def test_while_it_lasts_a_mail_asks_again_soon_and_ever_later() -> None:
    pause = Pause(since=MONDAY)
    waits = []
    for waited in (timedelta(0), 2 * HOUR, 12 * HOUR, 2 * DAY):
        answer = asked(pause, now=MONDAY + waited, due_since=MONDAY)
        assert (answer.word, answer.why) == (Word.NOT_YET, "paused")
        assert answer.until is not None
        waits.append(answer.until - MONDAY - waited)

    assert waits == sorted(waits)
    assert waits[0] >= SOONEST
    assert waits[-1] <= 2 * LATEST


def test_leads_who_wait_since_the_same_moment_come_back_apart() -> None:
    now = MONDAY + 12 * HOUR
    ends = [
        asked(Pause(since=MONDAY), now=now, due_since=MONDAY, lead=f"lead{number}").until
        for number in range(400)
    ]
    minutes = [round((end - now).total_seconds() / 60) for end in ends if end]

    assert max(minutes.count(minute) for minute in minutes) <= 10


def test_once_resumed_mails_go() -> None:
    pause = Pause(since=MONDAY, resumed_at=MONDAY + HOUR)

    assert asked(pause, now=MONDAY + HOUR, due_since=MONDAY).word is Word.GO


@pytest.mark.parametrize("resumed", [None, MONDAY + TOO_LONG + HOUR])
def test_what_was_held_up_too_long_is_dropped_with_a_reason(resumed: datetime | None) -> None:
    pause = Pause(since=MONDAY, resumed_at=resumed)

    answer = asked(pause, now=MONDAY + TOO_LONG + 2 * HOUR, due_since=MONDAY - DAY)

    assert (answer.word, answer.why) == (Word.REFUSED, "paused_too_long")


def test_what_became_due_late_in_a_long_pause_goes_after_it() -> None:
    pause = Pause(since=MONDAY, resumed_at=MONDAY + 30 * DAY)

    answer = asked(pause, now=MONDAY + 30 * DAY + HOUR, due_since=MONDAY + 29 * DAY)

    assert answer.word is Word.GO


def test_a_mail_due_after_a_pause_knows_nothing_of_it() -> None:
    pause = Pause(since=MONDAY, resumed_at=MONDAY + 30 * DAY)

    assert asked(pause, now=MONDAY + 40 * DAY).word is Word.GO


def test_what_was_asked_for_goes_all_the_same() -> None:
    assert asked(Pause(since=MONDAY), now=MONDAY, kind=MailKind.REQUESTED).word is Word.GO


def test_a_journey_waits_and_goes_on_where_it_stood() -> None:
    stage = Stage(World())
    stage.world.playbook.without_limits()
    stage.post("ada@example.com")
    stage.advance(MONDAY + DAY)
    stage.world.gates.pause = Pause(since=MONDAY + DAY, why="a person's word")

    stage.advance(MONDAY + 3 * DAY)
    assert stage.world.mailer.mails() == ["guide"]
    stage.world.gates.pause = Pause(since=MONDAY + DAY, resumed_at=MONDAY + 3 * DAY)
    stage.advance(MONDAY + 3 * DAY + 12 * HOUR)

    assert stage.world.mailer.mails() == ["guide", "case-study"]


def test_a_long_pause_drops_the_mail_and_the_journey_goes_on() -> None:
    stage = Stage(World())
    stage.world.playbook.without_limits()
    stage.post("ada@example.com")
    stage.advance(MONDAY + DAY)
    stage.world.gates.pause = Pause(since=MONDAY + DAY)

    stage.advance(MONDAY + 8 * DAY)

    [dropped] = [row for row in stage.world.ledger.rows.values() if row.mail == "case-study"]
    assert (dropped.state, dropped.why) == ("refused", "paused_too_long")
