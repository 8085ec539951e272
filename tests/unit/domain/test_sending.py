"""The questions before every mail, in their one order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coldframe.domain.consent import Consent
from coldframe.domain.erasure import tombstone
from coldframe.domain.gate import Gate
from coldframe.domain.message import MailKind
from coldframe.domain.profile import Profile
from coldframe.domain.sending import GO, Answer, Word, may_send
from coldframe.domain.told import Known
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY

NIGHT = datetime(2026, 11, 16, 22, 0, tzinfo=UTC)
SEEN = Consent(at=MONDAY, by="t", source="form:cake-guide", text="Yes")
ADA = Profile(lead="ada", address="ada@example.com", created_at=MONDAY, consents={"baking": SEEN})
OPEN = Gate(lead="ada")
EVERYTHING = replace(OPEN, bounced_at=MONDAY, with_sales_at=MONDAY, mails=(NIGHT,))


def ask(kind: MailKind = MailKind.VALUE, **told: Any) -> Answer:
    values: dict[str, Any] = {
        "topic": "baking",
        "gate": OPEN,
        "profile": ADA,
        "client": BAKERY,
        "requested_at": MONDAY,
        "now": MONDAY,
    }
    return may_send(kind, **{**values, **told})


def test_with_nothing_against_it_it_goes() -> None:
    assert ask() == GO


def test_the_first_objection_counts() -> None:
    gate, stranger = EVERYTHING, replace(ADA, consents={})
    heard = []
    for lifted in (
        {"bounced_at": None},
        {},
        {"with_sales_at": None},
        {"mails": ()},
    ):
        heard.append(ask(gate=gate, profile=stranger, now=NIGHT).why)
        gate = replace(gate, **lifted)
        stranger = ADA if heard[-1] == "no_consent" else stranger
    heard.append(ask(gate=gate, profile=ADA, now=NIGHT).why)

    assert heard == ["bounced", "no_consent", "with_sales", "capped", "quiet_hours"]


def test_a_prohibition_ends_the_journey_and_a_missing_consent_does_not() -> None:
    assert ask(gate=replace(OPEN, complained_at=MONDAY)).word is Word.FORBIDDEN
    assert ask(topic="tastings").word is Word.REFUSED
    assert ask(topic=None).word is Word.REFUSED


def test_what_the_lead_asked_for_goes_at_any_hour_without_consent_and_outside_caps() -> None:
    gate = replace(EVERYTHING, bounced_at=None, unsubscribed_at=MONDAY)
    stranger = replace(ADA, consents={})

    assert ask(MailKind.REQUESTED, topic=None, gate=gate, profile=stranger, now=NIGHT) == GO


def test_a_notice_to_our_own_people_passes_every_gate() -> None:
    assert ask(MailKind.NOTICE, gate=EVERYTHING, profile=None) == GO


def test_a_cap_that_ends_in_the_night_holds_until_the_morning() -> None:
    answer = ask(gate=replace(OPEN, mails=(MONDAY,)))

    assert (answer.word, answer.why) == (Word.NOT_YET, "capped")
    assert answer.until == datetime(2026, 11, 17, 7, 0, tzinfo=UTC)


def test_a_counted_mail_is_not_capped_by_itself_but_keeps_the_quiet_hours() -> None:
    gate = replace(OPEN, mails=(MONDAY,))

    assert ask(gate=gate, already_counted=True) == GO
    assert ask(gate=gate, already_counted=True, now=NIGHT).why == "quiet_hours"


@pytest.mark.parametrize(
    ("zone", "may_go"), [("America/New_York", False), ("Asia/Tokyo", True), ("Mars/Base", True)]
)
def test_the_leads_own_zone_counts_and_the_clients_if_it_is_unknown(
    zone: str,
    may_go: bool,  # noqa: FBT001 - an example's value
) -> None:
    there = replace(ADA, fields={"zone": Known(value=zone, at=MONDAY, by="t")})

    assert (ask(profile=there) == GO) is may_go


def test_who_is_not_known_any_more_gets_nothing() -> None:
    assert ask(MailKind.REQUESTED, profile=None) == Answer(word=Word.REFUSED, why="no_profile")


def test_what_an_erased_lead_asked_for_before_has_no_address_to_go_to() -> None:
    erased = tombstone("ada", MONDAY, revision=2)

    answer = ask(MailKind.REQUESTED, profile=erased)

    assert answer == Answer(word=Word.REFUSED, why="no_profile")


@pytest.mark.parametrize("kind", [MailKind.VALUE, MailKind.REQUESTED])
def test_a_mail_past_its_last_day_is_refused_for_good(kind: MailKind) -> None:
    until = MONDAY.isoformat()

    late = ask(kind, valid_until=until)
    in_time = ask(kind, valid_until=until, now=MONDAY - timedelta(seconds=1))

    assert (late.word, late.why) == (Word.REFUSED, "expired")
    assert in_time == GO
