"""What a journey adds to the questions before every mail: its window, its holdout, its stop."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from coldframe.domain.consent import Consent
from coldframe.domain.gate import Gate
from coldframe.domain.journey import Journey, Window
from coldframe.domain.limits import CapRule
from coldframe.domain.message import MailKind
from coldframe.domain.profile import Profile
from coldframe.domain.sending import GO, Answer, Word, may_send
from coldframe.domain.told import Known
from tests.fakes.playbook import BAKERY
from tests.unit.core.zones import utc

MONDAY = utc("2026-11-16 10:00")
SEEN = Consent(at=MONDAY, by="t", source="form:cake-guide", text="Yes")
ADA = Profile(lead="ada", address="ada@example.com", created_at=MONDAY, consents={"baking": SEEN})
OFFICE = Window(start=9 * 60, end=17 * 60, weekdays=(0, 1, 2, 3, 4))
JOURNEY = Journey(journey="welcome", title="", first="end", steps={}, send_window=OFFICE)
OPEN = Gate(lead="ada")
FIVE = timedelta(minutes=5)


def ask(kind: MailKind = MailKind.VALUE, **told: Any) -> Answer:
    values: dict[str, Any] = {
        "topic": "baking",
        "gate": OPEN,
        "profile": ADA,
        "client": replace(BAKERY, zone="Europe/Zurich"),
        "requested_at": MONDAY,
        "now": MONDAY,
        "journey": JOURNEY,
    }
    return may_send(kind, **{**values, **told})


def test_outside_its_window_a_mail_waits_for_the_next_opening() -> None:
    saturday = utc("2026-11-21 12:00")

    assert ask() == GO
    assert ask(now=saturday, spread=FIVE) == Answer(
        word=Word.NOT_YET, why="outside_window", until=utc("2026-11-23 08:05")
    )


def test_quiet_hours_and_window_put_off_once() -> None:
    answer = ask(now=utc("2026-11-16 20:30"))

    assert (answer.why, answer.until) == ("quiet_hours", utc("2026-11-17 08:00"))
    assert answer.until
    assert ask(now=answer.until) == GO


def test_a_cap_that_ends_outside_the_window_ends_with_it() -> None:
    client = replace(BAKERY, caps=(CapRule(mails=1, days=1),), zone="Europe/Zurich")
    friday = utc("2026-11-20 09:00")

    answer = ask(client=client, gate=replace(OPEN, mails=(friday,)), now=friday, spread=FIVE)

    assert (answer.why, answer.until) == ("capped", utc("2026-11-23 08:05"))


def test_caps_that_end_at_one_midnight_do_not_end_for_all_at_once() -> None:
    client = replace(
        BAKERY, caps=(CapRule(mails=1, days=1),), zone="Europe/Zurich", quiet_hours=None
    )

    answer = ask(client=client, gate=replace(OPEN, mails=(MONDAY,)), journey=None, spread=FIVE)

    assert answer.until == utc("2026-11-16 23:05")


def test_the_leads_own_zone_counts_and_else_the_clients() -> None:
    in_york = replace(ADA, fields={"zone": Known(value="America/New_York", at=MONDAY, by="t")})

    assert ask(profile=in_york).until == utc("2026-11-16 14:00")
    assert ask() == GO


def test_a_held_out_lead_gets_only_what_it_asked_for() -> None:
    assert ask(held_out=True) == Answer(word=Word.REFUSED, why="holdout")
    assert ask(MailKind.REQUESTED, held_out=True) == GO


@pytest.mark.parametrize("kind", [MailKind.REQUESTED, MailKind.VALUE, MailKind.PROMOTION])
def test_a_stopped_journey_sends_nothing(kind: MailKind) -> None:
    stopped = replace(JOURNEY, status="stopped")

    assert ask(kind, journey=stopped) == Answer(word=Word.REFUSED, why="journey_stopped")


def test_what_a_lead_asked_for_goes_outside_the_window_too() -> None:
    assert ask(MailKind.REQUESTED, now=utc("2026-11-22 03:00")) == GO
