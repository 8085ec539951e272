"""What the lead chose is asked before every mail, at once."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from coldframe.domain.consent import Consent
from coldframe.domain.gate import Gate
from coldframe.domain.message import MailKind
from coldframe.domain.preferences import Preferences
from coldframe.domain.profile import Profile
from coldframe.domain.sending import Answer, Word, may_send
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY

FREE = replace(BAKERY, caps=(), quiet_hours=None)
DAY = timedelta(days=1)


def asked(
    chosen: dict[str, Any],
    *,
    kind: MailKind = MailKind.VALUE,
    agreed: datetime = MONDAY - 9 * DAY,
    mails: tuple[datetime, ...] = (),
    held_until: datetime | None = None,
) -> Answer:
    consent = Consent(at=agreed, by="t", source="form:guide", text="Yes.")
    return may_send(
        kind,
        topic="baking",
        gate=Gate(
            lead="ada",
            preferences=Preferences(at=MONDAY - DAY, **chosen),
            mails=mails,
            held_until=held_until,
        ),
        profile=Profile(
            lead="ada", address="ada@example.com", created_at=MONDAY, consents={"baking": consent}
        ),
        client=FREE,
        requested_at=MONDAY,
        now=MONDAY,
    )


def test_a_topic_that_is_off_gets_no_mail() -> None:
    assert asked({"off": ("baking",)}) == Answer(word=Word.REFUSED, why="topic_off")
    assert asked({"off": ("tastings",)}).word is Word.GO


def test_a_consent_given_later_outweighs_the_choice() -> None:
    assert asked({"off": ("baking",)}, agreed=MONDAY - DAY / 2).word is Word.GO


def test_a_pause_puts_mails_off_until_the_day_it_ends() -> None:
    until = MONDAY + 20 * DAY

    answer = asked({"paused_until": until})

    assert (answer.word, answer.why, answer.until) == (Word.NOT_YET, "paused_by_lead", until)
    assert asked({"paused_until": MONDAY}).word is Word.GO


def test_of_a_pause_and_a_talk_with_a_person_the_later_end_counts() -> None:
    answer = asked({"paused_until": MONDAY + DAY}, held_until=MONDAY + 2 * DAY)

    assert (answer.why, answer.until) == ("replied", MONDAY + 2 * DAY)


def test_at_most_one_mail_a_week_is_a_cap_of_the_leads_own() -> None:
    answer = asked({"a_week": 1}, mails=(MONDAY - 2 * DAY,))

    assert (answer.word, answer.why) == (Word.NOT_YET, "capped")
    assert asked({"a_week": 1}, mails=(MONDAY - 8 * DAY,)).word is Word.GO
    assert asked({}, mails=(MONDAY - 2 * DAY,)).word is Word.GO


def test_what_was_asked_for_comes_all_the_same() -> None:
    chosen = {"off": ("baking",), "paused_until": MONDAY + DAY, "a_week": 1}

    assert asked(chosen, kind=MailKind.REQUESTED, mails=(MONDAY,)).word is Word.GO
