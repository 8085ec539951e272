"""A rep's own mail, told by blind copy."""

import pytest

from coldframe.domain.erasure import tombstone
from coldframe.domain.replies.inbound import Verdicts
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
