"""What follows from a mail that came in, and from one that is no person's answer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.erasure import tombstone
from coldframe.domain.gate import Gate
from coldframe.domain.profile import Profile
from coldframe.domain.replies.inbound import Verdicts
from tests.unit.replies.mails import NOW, delivery, read
from tests.unit.replies.office import OWNER, SENT, WEEK, Office


def test_a_reply_holds_is_recorded_with_its_mail_and_passed_on(office: Office) -> None:
    assert office.receive(read(), delivery("r:ada:m1")) == "reply"

    assert office.gate().held_until == NOW + WEEK
    (kept,) = office.kept()
    assert kept.kind == "email.replied"
    assert kept.data == {
        "text": "Do you bake for forty people?",
        "message": "m1",
        "mail": "case-study",
        "enrolment": "e1",
        "journey": "welcome",
    }
    assert [mail.recipient for mail in office.world.mailer.sent] == [OWNER]


def test_the_gate_is_shut_before_anything_else(office: Office) -> None:
    office.receive(read("Please stop"), delivery("r:ada:m1"))

    assert office.world.writes.log[0] == "gates.forbid unsubscribed"


def test_please_stop_unsubscribes_and_needs_no_hold(office: Office) -> None:
    assert office.receive(read("Bitte abmelden"), delivery("r:ada:m1")) == "stop"

    gate = office.gate()
    assert (gate.unsubscribed_at, gate.held_until) == (NOW, None)
    assert office.kinds() == ["email.replied", "unsubscribed"]
    assert office.letters.written[0].unsubscribed


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"From": "MAILER-DAEMON@mx.example.com"},
        {"X_Feedback_Type": "abuse"},
    ],
    ids=str,
)
def test_what_a_machine_wrote_changes_nothing(office: Office, headers: dict[str, str]) -> None:
    office.receive(read("stop", **headers), delivery("r:ada:m1"))

    assert office.world.writes.done == []
    assert office.gate() == Gate(lead="ada")


def test_a_virus_is_dropped_and_so_is_spam_that_anybody_may_have_written(office: Office) -> None:
    spam = Verdicts(spam="fail", dmarc="fail")

    assert office.receive(read(), delivery("r:ada:m1", verdicts=Verdicts(virus="fail"))) == "virus"
    assert office.receive(read(), delivery("r:ada:m1", verdicts=spam)) == "spam"
    assert office.world.writes.done == []


def test_a_leads_own_answer_is_no_spam(office: Office) -> None:
    told = delivery("r:ada:m1", verdicts=Verdicts(spam="fail", dmarc="pass"))

    assert office.receive(read(), told) == "reply"


def test_spam_that_somebody_else_is_proved_to_have_written_is_no_answer(office: Office) -> None:
    told = delivery("r:ada:m1", verdicts=Verdicts(spam="fail", dmarc="pass"))

    assert office.receive(read(From="eve@elsewhere.example"), told) == "spam"
    assert office.world.writes.done == []


def test_one_of_the_clients_people_who_tries_its_mails_answers_its_own(office: Office) -> None:
    office.world.ledger.rows["rosa", "m2"] = replace(SENT, lead="rosa", id="m2")
    office.world.profiles.rows["rosa"] = Profile(lead="rosa", address=OWNER, created_at=NOW)

    assert office.receive(read(From=OWNER), delivery("r:rosa:m2")) == "reply"

    assert office.gate("rosa").held_until == NOW + WEEK


def test_a_colleague_who_answers_speaks_for_the_lead(office: Office) -> None:
    mail = read(From="Charles <charles@example.com>")

    assert office.receive(mail, delivery("r:ada:m1")) == "reply"

    assert office.gate().held_until == NOW + WEEK


def test_without_a_signed_address_the_sender_tells_the_lead(office: Office) -> None:
    assert office.receive(read(), delivery("hello@reply.example")) == "reply"

    (kept,) = office.kept()
    assert (kept.lead, set(kept.data)) == ("ada", {"text"})


@pytest.mark.parametrize(
    "verdicts", [Verdicts(), Verdicts(dmarc="fail", spf="pass"), Verdicts(dmarc="gray", spf="fail")]
)
@pytest.mark.parametrize("words", ["stop", "Do you bake for forty people?"])
def test_a_sender_that_anybody_may_have_written_tells_no_lead(
    office: Office, words: str, verdicts: Verdicts
) -> None:
    told = delivery("hello@reply.example", verdicts=verdicts)

    assert office.receive(read(words), told) == "unmatched"

    assert not office.world.touchpoints.rows
    assert office.gate() == Gate(lead="ada")
    assert len(office.world.mailer.sent) == 1


def test_a_strangers_mail_is_only_passed_on(office: Office) -> None:
    mail = read(From="stranger@example.com")

    assert office.receive(mail, delivery("hello@reply.example")) == "unmatched"

    assert not office.world.touchpoints.rows
    assert not office.world.gates.rows
    assert len(office.world.mailer.sent) == 1


def test_an_erased_lead_stays_erased(office: Office) -> None:
    office.world.gates.rows["ada"] = Gate(lead="ada", erased_at=NOW)

    assert office.receive(read("stop"), delivery("r:ada:m1")) == "unmatched"

    assert not office.world.touchpoints.rows
    assert office.gate().unsubscribed_at is None


@pytest.mark.parametrize("recipient", ["r:ada:m1", "hello@reply.example"])
def test_what_is_left_of_an_erased_lead_keeps_no_answer(office: Office, recipient: str) -> None:
    office.world.profiles.rows["ada"] = tombstone("ada", NOW, revision=2)

    assert office.receive(read("stop"), delivery(recipient)) == "unmatched"

    assert not office.world.touchpoints.rows
    assert office.gate() == Gate(lead="ada")


def test_the_clients_own_people_answer_no_mail_of_a_lead(office: Office) -> None:
    assert office.receive(read(From=OWNER), delivery("r:ada:m1")) == "ours"
    assert office.world.writes.done == []


def test_the_text_that_is_kept_has_an_end(office: Office) -> None:
    office.receive(read("Cake! " * 5_000), delivery("r:ada:m1"))

    (kept,) = office.kept()
    assert len(kept.data["text"]) == 4_000


def test_a_mail_that_comes_twice_is_one(office: Office) -> None:
    for receipt in ("first", "second", "first"):
        office.receive(read(), delivery("r:ada:m1", receipt=receipt))

    assert office.kinds() == ["email.replied"]
    assert len(office.world.mailer.sent) == 1


@pytest.mark.parametrize("late_first", [True, False])
def test_a_later_reply_holds_longer_and_an_older_one_shortens_nothing(
    office: Office, *, late_first: bool
) -> None:
    later = replace(delivery("r:ada:m1", receipt="later"), at=NOW + timedelta(days=1))
    told = [
        (read("And forks?", Message_ID="<2@example.com>"), later),
        (read(), delivery("r:ada:m1")),
    ]

    for mail, delivered in told if late_first else reversed(told):
        office.receive(mail, delivered)

    assert office.gate().held_until == NOW + timedelta(days=1) + WEEK
