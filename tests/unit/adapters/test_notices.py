"""What a journey tells the client's people, in their mailbox."""

from dataclasses import replace

from coldframe.adapters.notices import PlainNotices
from coldframe.domain.journey_steps import Notify
from coldframe.domain.message import RenderedMail
from coldframe.domain.playbook import Person
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY, WELCOME

ADA = Profile(
    lead="ada",
    address="ada@example.com",
    created_at=MONDAY,
    fields={"first_name": Known(value="Ada\r\nBcc: all@example.com", at=MONDAY, by="t")},
)
WITH_PEOPLE = replace(
    BAKERY, people={"grace": Person(name="Grace", address="grace@bakery.example")}
)


def worded(notify: Notify) -> RenderedMail:
    return PlainNotices().word(
        notify, profile=ADA, client=WITH_PEOPLE, journey=WELCOME, message="m1"
    )


def test_the_owner_hears_what_is_known_of_the_lead() -> None:
    mail = worded(Notify(to="owner", text="Asked for the guide twice."))

    assert mail.recipient == "rosa@bakery.example"
    assert mail.reply_to == "ada@example.com"
    assert mail.subject == "Asked for the guide twice."
    assert "first name: Ada Bcc: all@example.com" in mail.text
    assert "email: ada@example.com" in mail.text
    assert dict(mail.tags)["mail"] == "_notify"


def test_a_task_says_until_when() -> None:
    mail = worded(Notify(to="grace", text="Call them.", task=True, within=2 * 86_400))

    assert mail.recipient == "grace@bakery.example"
    assert mail.subject == "Task: Call them."
    assert "To be done within 2 days." in mail.text
    assert dict(mail.tags)["mail"] == "_task"


def test_an_address_is_told_as_it_is() -> None:
    assert worded(Notify(to="alan@bakery.example", text="Hm")).recipient == "alan@bakery.example"
