"""What the owner gets: our few lines, and the mail as it came."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from coldframe.adapters.forwards import ForwardLetters
from coldframe.adapters.inbox import parsed
from coldframe.adapters.reply_addresses import SignedReplyAddresses
from coldframe.adapters.whole_mails import whole
from coldframe.domain.message import RenderedMail
from coldframe.domain.profile import Profile
from coldframe.domain.replies.inbound import InboundMail
from coldframe.domain.replies.nature import Nature, nature_of
from coldframe.services.ports.replies import Forward
from tests.fakes.playbook import BAKERY
from tests.unit.adapters.keyring import Vault
from tests.unit.replies.mails import ADA, NOW, delivery, raw, read

ADDRESSES = SignedReplyAddresses(Vault().keys(), "reply.bakery.example")
PROFILE = Profile(lead="1" * 26, address=ADA, created_at=NOW)


def written(
    mail: InboundMail, *, profile: Profile | None = PROFILE, **told: object
) -> RenderedMail:
    forward = Forward(id="2" * 26, lead="1" * 26, mail=mail, profile=profile, **told)  # type: ignore[arg-type]  # a test's own words
    return ForwardLetters(ADDRESSES).write(forward, BAKERY)


def test_it_goes_to_the_owner_and_is_answered_to_the_lead() -> None:
    mail = written(read(), answers="cake-guide")

    assert (mail.recipient, mail.reply_to) == (BAKERY.owner.address, ADA)
    assert "Ada Lovelace <ada@example.com> answered “cake-guide”" in mail.text
    assert "Do you bake for forty people?" in mail.text
    assert dict(mail.tags)["mail"] == "_reply"


def test_it_tells_what_we_did_about_it() -> None:
    held = written(read(), held_until=NOW + timedelta(days=7))
    gone = written(read(), unsubscribed=True)
    stranger = written(read(), profile=None)

    assert "rest until Friday 27 November 2026, 10:00 (Europe/Zurich)" in held.text
    assert ADDRESSES.blind_copy() in held.text
    assert "asked us to stop" in gone.text
    assert "no lead of ours" in stranger.text
    assert ADDRESSES.blind_copy() not in stranger.text


def test_who_writes_from_another_address_is_named_with_the_one_we_know() -> None:
    mail = written(read(From="Ada <ada@work.example>"), answers="cake-guide")

    assert mail.reply_to == "ada@work.example"
    assert "ada@example.com" in mail.text


def test_it_carries_the_mail_as_it_came() -> None:
    sent = message_from_bytes(whole(written(read())), policy=default)

    _, attached = sent.iter_parts()
    assert attached.get_content_type() == "message/rfc822"
    assert raw() in whole(written(read()))
    assert "Do you bake" in attached.get_content().get_content()


@pytest.mark.parametrize(
    "odd",
    [raw() + "Grüße\n".encode(), raw() + b"x" * 2_000, raw() + b"\0"],
    ids=["8bit", "long", "nul"],
)
def test_what_may_not_stand_in_a_mail_goes_along_as_a_file(odd: bytes) -> None:
    sent = message_from_bytes(whole(written(parsed(odd))), policy=default)

    _, attached = sent.iter_parts()
    assert attached.get_filename() == "reply.eml"
    assert attached.get_content() == odd


def test_one_that_is_too_large_goes_without_it() -> None:
    large = parsed(raw() + b"x" * 11_000_000)

    mail = written(large)

    assert mail.attached == b""
    assert "too large" in mail.text
    assert len(mail.text) < 30_000


def test_no_machine_is_to_answer_it_and_we_never_pass_it_on_again() -> None:
    sent = whole(written(read()))

    assert nature_of(parsed(sent), delivery()) is Nature.AUTO_REPLY


def test_a_hostile_subject_or_name_stays_on_its_line() -> None:
    evil = raw().replace(
        b"Subject: Re: Cakes", b"Subject: =?utf-8?q?a=0D=0ABcc=3A_eve=40example.com?="
    )

    sent = message_from_bytes(whole(written(parsed(evil))), policy=default)

    assert sent["Bcc"] is None
    assert sent["To"] == BAKERY.owner.address
