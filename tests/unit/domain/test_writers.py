"""Who a mail comes from."""

from dataclasses import replace

import pytest

from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Mail, Person
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from coldframe.domain.writers import signature_of, writer_of
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY

JONAS = Person(name="Jonas Weber", address="jonas@lindenbakery.example", signature="Jonas\nOven 2")
CLIENT = replace(BAKERY, people={"jonas": JONAS})
MAIL = Mail(
    mail="case-study",
    kind=MailKind.VALUE,
    topic="baking",
    format="html",
    links=(),
    on_unknown="drop",
    content_hash="",
)


def lead(rep: str = "") -> Profile:
    fields = {"rep": Known(value=rep, at=MONDAY, by="t")} if rep else {}
    return Profile(lead="ada", address="ada@example.com", created_at=MONDAY, fields=fields)


def test_a_mail_that_names_nobody_comes_from_the_clients_sender() -> None:
    assert writer_of(MAIL, lead("jonas"), CLIENT) == CLIENT.sender


def test_a_mail_may_name_one_of_the_clients_people() -> None:
    assert writer_of(replace(MAIL, sender="jonas"), lead(), CLIENT) == JONAS


@pytest.mark.parametrize("told", ["jonas", "Jonas Weber", "JONAS@lindenbakery.example", " jonas "])
def test_a_reps_mail_comes_from_the_leads_own(told: str) -> None:
    assert writer_of(replace(MAIL, sender="rep"), lead(told), CLIENT) == JONAS


@pytest.mark.parametrize("told", ["", "eve", "eve@example.com"])
def test_without_a_rep_that_we_know_it_comes_from_the_clients_sender(told: str) -> None:
    assert writer_of(replace(MAIL, sender="rep"), lead(told), CLIENT) == CLIENT.sender


def test_who_has_no_signature_signs_with_the_name() -> None:
    assert signature_of(JONAS) == "Jonas\nOven 2"
    assert signature_of(Person(name="Rosa", address="rosa@example.com")) == "Rosa"
