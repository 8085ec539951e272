"""A rep's own mail, told by blind copy."""

import pytest

from coldframe.domain.erasure import tombstone
from coldframe.domain.profile import Profile
from coldframe.domain.replies.inbound import Verdicts
from coldframe.services.recording_contacts import MOST
from tests.unit.replies.mails import ADA, NOW, delivery, read
from tests.unit.replies.office import OWNER, WEEK, Office


def test_a_reps_mail_holds_each_lead_it_goes_to(office: Office) -> None:
    mail = read(From=OWNER, To=f"{ADA}, nobody@example.com, {OWNER}", Cc="grace@example.com")

    assert office.receive(mail, delivery("b:secret", sender=OWNER)) == "contact"

    for lead in ("ada", "grace"):
        assert office.gate(lead).held_until == NOW + WEEK
        assert office.kinds(lead) == ["sales.contacted"]
    assert set(office.world.gates.rows) == {"ada", "grace"}
    assert office.world.mailer.sent == []


def test_a_mail_holds_none_of_the_clients_own_people(office: Office) -> None:
    office.world.profiles.rows["rosa"] = Profile(lead="rosa", address=OWNER, created_at=NOW)

    office.receive(read(From=OWNER, To=f"{ADA}, {OWNER}"), delivery("b:secret", sender=OWNER))

    assert set(office.world.gates.rows) == {"ada"}


def test_a_letter_to_everybody_holds_a_few_only(office: Office) -> None:
    everybody = [f"lead{number}@example.com" for number in range(MOST + 5)]
    for address in everybody:
        lead = f"lead of {address}"
        office.world.profiles.rows[lead] = Profile(lead=lead, address=address, created_at=NOW)

    office.receive(read(From=OWNER, To=", ".join(everybody)), delivery("b:secret", sender=OWNER))

    assert len(office.world.gates.rows) == MOST


@pytest.mark.parametrize(
    ("sender", "verdicts"),
    [
        (OWNER, Verdicts(dmarc="fail", spf="pass")),
        (OWNER, Verdicts(dmarc="gray", spf="fail")),
        (OWNER, Verdicts()),
        (ADA, Verdicts(dmarc="pass")),
        (OWNER, Verdicts(dmarc="pass", virus="fail")),
    ],
)
def test_nobody_else_can_hold_a_lead(office: Office, sender: str, verdicts: Verdicts) -> None:
    mail = read(From=sender, To=ADA)

    assert office.receive(mail, delivery("b:secret", sender=OWNER, verdicts=verdicts)) == "unproven"
    assert office.world.writes.done == []


def test_where_no_dmarc_is_published_spf_of_the_very_domain_will_do(office: Office) -> None:
    gray = Verdicts(dmarc="gray", spf="pass")
    mail = read(From=OWNER, To=ADA)

    assert office.receive(mail, delivery("b:secret", sender=OWNER, verdicts=gray)) == "contact"
    other = delivery("b:secret", sender="eve@elsewhere.example", verdicts=gray)
    assert office.receive(mail, other) == "unproven"


def test_an_erased_lead_is_nobody_that_sales_could_have_written_to(office: Office) -> None:
    office.world.profiles.rows["ada"] = tombstone("ada", NOW, revision=2)

    mail = read(From=OWNER, To=ADA)

    assert office.receive(mail, delivery("b:secret", sender=OWNER)) == "unproven"
    assert office.world.writes.done == []
