"""Answers to our mails, from SES's receipt to the owner's mailbox, in the deployed clients."""

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from coldframe.adapters.keys import SecretKeys
from coldframe.adapters.reply_addresses import SignedReplyAddresses
from tests.e2e.people import mails_to, names_of, post, record
from workbench.cloud.mail.inbound import MailRefused
from workbench.cloud.mail.receipt import Verdicts
from workbench.local.answers import answer, reply_to
from workbench.local.deployed import DeployedTown
from workbench.local.town import SentMail

pytestmark = pytest.mark.xdist_group("local cloud")

OWNER = "rosa@lindenbakery.example"
WEEK = timedelta(days=7)


def first_mail(town: DeployedTown, address: str) -> SentMail:
    post(town, address)
    town.settle()
    (mail,) = mails_to(town, address)
    return mail


def forwards(town: DeployedTown, lead: str) -> list[SentMail]:
    return [mail for mail in mails_to(town, OWNER) if (mail.mail, mail.lead) == ("_reply", lead)]


def kinds(town: DeployedTown, address: str) -> list[str]:
    return [each.kind for each in record(town, address).touchpoints]


def test_a_reply_is_passed_on_becomes_a_touchpoint_and_holds_the_nurturing(
    town: DeployedTown,
) -> None:
    mail, at = first_mail(town, "ada@replies.example"), town.now()

    assert town.reply(mail, "Do you bake for forty people?")

    (forward,) = forwards(town, mail.lead)
    told = dict(forward.headers)
    assert told["Reply-To"] == "ada@replies.example"
    assert told["Auto-Submitted"] == "auto-generated"
    assert "Do you bake for forty people?" in forward.text
    held = record(town, "ada@replies.example")
    (replied,) = (each for each in held.touchpoints if each.kind == "email.replied")
    assert replied.data["text"] == "Do you bake for forty people?"
    assert (replied.data["mail"], replied.data["message"]) == ("cake-guide", mail.message)
    assert held.gate.held_until == at + WEEK
    town.advance(timedelta(days=6))
    assert names_of(mails_to(town, "ada@replies.example")) == ["cake-guide"]
    town.advance(timedelta(days=2))
    assert "case-study" in names_of(mails_to(town, "ada@replies.example"))


def test_what_is_passed_on_carries_the_mail_as_it_came(town: DeployedTown) -> None:
    mail = first_mail(town, "whole@replies.example")
    raw = answer(mail, "The whole of it.", at=town.now())

    town.cloud.receive(raw, to=[reply_to(mail)], sender=mail.recipient)
    town.settle()

    (forward,) = forwards(town, mail.lead)
    assert raw in town.cloud.sent[forward.id].raw


def test_please_stop_unsubscribes_and_tells_the_owner(town: DeployedTown) -> None:
    mail = first_mail(town, "stop@replies.example")

    town.reply(mail, "Please stop sending me emails.")

    held = record(town, "stop@replies.example")
    assert held.gate.unsubscribed_at is not None
    assert [one.reason for one in held.enrolments] == ["suppressed"]
    assert "unsubscribed" in kinds(town, "stop@replies.example")
    (forward,) = forwards(town, mail.lead)
    assert "asked us to stop" in forward.text
    town.advance(timedelta(days=30))
    assert names_of(mails_to(town, "stop@replies.example")) == ["cake-guide"]


def test_an_automatic_reply_changes_nothing(town: DeployedTown) -> None:
    mail = first_mail(town, "away@replies.example")
    before = record(town, "away@replies.example")

    assert town.out_of_office(mail)

    after = record(town, "away@replies.example")
    assert (after.gate, after.touchpoints) == (before.gate, before.touchpoints)
    assert forwards(town, mail.lead) == []


def test_the_same_mail_handed_over_twice_is_one_reply(town: DeployedTown) -> None:
    mail = first_mail(town, "twice@replies.example")
    raw = answer(mail, "Once is enough.", at=town.now())

    for _ in range(2):
        town.cloud.receive(raw, to=[reply_to(mail)], sender=mail.recipient)
        town.settle()

    assert kinds(town, "twice@replies.example").count("email.replied") == 1
    assert len(forwards(town, mail.lead)) == 1


def test_a_lead_is_known_by_its_address_where_the_signed_one_is_lost(town: DeployedTown) -> None:
    mail = first_mail(town, "known@replies.example")
    raw = answer(mail, "To your old address.", at=town.now())

    town.cloud.receive(raw, to=[f"hello@{domain(mail)}"], sender=mail.recipient)
    town.settle()

    assert "email.replied" in kinds(town, "known@replies.example")
    assert len(forwards(town, mail.lead)) == 1


def test_a_strangers_mail_is_passed_on_and_makes_no_lead(town: DeployedTown) -> None:
    mail = first_mail(town, "any@replies.example")
    stranger = written("stranger@replies.example", to=f"hello@{domain(mail)}")

    town.cloud.receive(stranger, to=[f"hello@{domain(mail)}"], sender="stranger@replies.example")
    town.settle()

    assert record(town, "stranger@replies.example").profile is None
    assert any("no lead of ours" in each.text for each in mails_to(town, OWNER))


def test_a_reps_own_mail_told_by_the_secret_address_holds_the_lead(town: DeployedTown) -> None:
    mail, at = first_mail(town, "rep@replies.example"), town.now()
    secret = blind_copy(town, domain(mail))
    raw = written(OWNER, to="rep@replies.example")

    forged = Verdicts(dmarc="FAIL")
    town.cloud.receive(raw, to=[secret], sender=OWNER, verdicts=forged)
    town.settle()
    assert record(town, "rep@replies.example").gate.held_until is None

    town.cloud.receive(raw, to=[secret], sender=OWNER)
    town.settle()

    assert record(town, "rep@replies.example").gate.held_until == at + WEEK
    assert "sales.contacted" in kinds(town, "rep@replies.example")
    assert forwards(town, mail.lead) == []


def test_nobody_takes_mail_for_a_domain_that_is_not_ours(town: DeployedTown) -> None:
    with pytest.raises(MailRefused):
        town.cloud.receive(b"", to=["ada@elsewhere.example"], sender="ada@example.com")


def test_no_log_tells_who_wrote_or_what(town: DeployedTown) -> None:
    mail = first_mail(town, "secret@replies.example")
    town.reply(mail, "Nobody may read this marzipan.")

    functions = town.cloud.client("lambda").list_functions()["Functions"]
    lines = [line for each in functions for line in town.cloud.logs(each["FunctionName"])]

    assert any("mail received" in line for line in lines)
    assert not [line for line in lines if "replies.example" in line or "marzipan" in line]


def domain(mail: SentMail) -> str:
    return reply_to(mail).rpartition("@")[2]


def written(sender: str, *, to: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, "A cake for forty"
    mail["Message-ID"] = f"<1@{sender.rpartition('@')[2]}>"
    mail.set_content("Shall we talk about it on Monday?\n")
    assert message_from_bytes(bytes(mail))["From"] == sender
    return bytes(mail)


def blind_copy(town: DeployedTown, where: str) -> str:
    """As it stands below each mail that is passed on."""
    ssm = town.cloud.client("ssm")
    name = ssm.get_parameter(Name="/coldframe/bakery/dev/keys")["Parameter"]["Value"]
    keys = SecretKeys(town.cloud.client("secretsmanager"), name)
    return SignedReplyAddresses(keys, where).blind_copy()
