"""A lead who talks with a person gets no nurturing meanwhile, and all it asks for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from coldframe.domain.consent import Consent
from coldframe.domain.gate import Gate
from coldframe.domain.message import MailKind
from coldframe.domain.profile import Profile
from coldframe.domain.sending import Answer, Word, may_send
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY

WEEK = timedelta(days=7)
SEEN = Consent(at=MONDAY, by="t", source="form:cake-guide", text="Yes")
ADA = Profile(lead="ada", address="ada@example.com", created_at=MONDAY, consents={"baking": SEEN})
HELD = Gate(lead="ada", held_until=MONDAY + WEEK)
FREE = replace(BAKERY, caps=(), quiet_hours=None)


def ask(kind: MailKind = MailKind.VALUE, *, gate: Gate = HELD, now: datetime = MONDAY) -> Answer:
    return may_send(
        kind,
        topic="baking",
        gate=gate,
        profile=ADA,
        client=FREE,
        requested_at=MONDAY,
        now=now,
    )


def test_nurturing_waits_until_the_hold_ends() -> None:
    assert ask() == Answer(word=Word.NOT_YET, why="replied", until=MONDAY + WEEK)
    assert ask(now=MONDAY + WEEK).word is Word.GO


def test_what_the_lead_asked_for_goes_all_the_same() -> None:
    assert ask(MailKind.REQUESTED).word is Word.GO
    assert ask(MailKind.NOTICE).word is Word.GO


def test_what_forbids_mail_outranks_a_hold() -> None:
    assert ask(gate=replace(HELD, bounced_at=MONDAY)).word is Word.FORBIDDEN
    assert ask(gate=replace(HELD, with_sales_at=MONDAY)).why == "with_sales"


def test_a_hold_that_ends_at_night_ends_in_the_morning() -> None:
    night = datetime(2026, 11, 20, 22, tzinfo=UTC)
    answer = may_send(
        MailKind.VALUE,
        topic="baking",
        gate=replace(HELD, held_until=night),
        profile=ADA,
        client=BAKERY,
        requested_at=MONDAY,
        now=MONDAY,
    )

    assert (answer.why, answer.until) == ("replied", datetime(2026, 11, 21, 7, tzinfo=UTC))
