"""A text message goes the way of a mail: asked, claimed, sent once; to a phone, by a provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coldframe.domain.errors import MailRefused
from coldframe.domain.journey import Journey
from coldframe.domain.journey_steps import SendText
from coldframe.domain.message import TEXT, MailKind, RenderedMail
from coldframe.domain.playbook import Client, Mail
from coldframe.domain.profile import Profile

if TYPE_CHECKING:
    from coldframe.services.step_ports import Texts

PHONE_FIELD: Final = "phone"
NO_PHONE: Final = "no_phone"


def text_mail(action: SendText, journey: Journey) -> Mail:
    """What is asked about it: marketing of the journey's topic."""
    return Mail(
        mail=f"{TEXT}{action.text}",
        kind=MailKind.VALUE,
        topic=journey.topic,
        format="plain",
        links=(),
        on_unknown="drop",
        content_hash="",
    )


@dataclass(frozen=True, slots=True)
class TextWriting:
    """In the renderer's place."""

    def render(
        self,
        mail: Mail,
        *,
        profile: Profile,
        client: Client,
        message: str,
        journey: str,
    ) -> RenderedMail:
        """To the phone that the lead named; whoever provides texts has the words by their name."""
        phone = profile.fields.get(PHONE_FIELD)
        return RenderedMail(
            sender=client.name,
            recipient=phone.value if phone else "",
            reply_to="",
            subject="",
            html=None,
            text=mail.mail.removeprefix(TEXT),
            headers=(),
            tags=(("message", message), ("journey", journey)),
        )


@dataclass(frozen=True, slots=True)
class TextCarrier:
    """In the mailer's place."""

    texts: Texts

    def send(self, load: RenderedMail) -> str:
        if not load.recipient:
            raise MailRefused(NO_PHONE)
        return self.texts.send(load.recipient, load.text)
