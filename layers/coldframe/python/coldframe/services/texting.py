"""A text message goes the way of a mail: asked, claimed, sent once; to a phone, by a provider."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from coldframe.domain.errors import MailRefused
from coldframe.domain.journey import Journey
from coldframe.domain.message import TEXT, RenderedMail
from coldframe.domain.playbook import Mail

if TYPE_CHECKING:
    from coldframe.services.ports.steps import Texts

NO_PHONE: Final = "no_phone"


def in_journey(text: Mail, journey: Journey) -> Mail:
    """What is asked about it: marketing of the journey's topic."""
    return replace(text, mail=f"{TEXT}{text.mail}", topic=journey.topic)


@dataclass(frozen=True, slots=True)
class TextCarrier:
    """In the mailer's place."""

    texts: Texts

    def send(self, load: RenderedMail) -> str:
        if not load.recipient:
            raise MailRefused(NO_PHONE)
        return self.texts.send(load.recipient, load.text)
