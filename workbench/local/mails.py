"""Mails as SES took them, told in the workbench's words; their links lead to this machine."""

import html
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from workbench.cloud.mail.message import Message
from workbench.local.town import SentMail

Localise = Callable[[str], str]


def localiser(addresses: Mapping[str, str]) -> Localise:
    """Deployed address → address on this machine, wherever one stands in a text."""
    pairs = [*addresses.items(), *((html.escape(a), html.escape(b)) for a, b in addresses.items())]

    def localise(text: str) -> str:
        for deployed, local in pairs:
            text = text.replace(deployed, local)
        return text

    return localise


def sent_mail(message: Message, *, client: str, localise: Localise) -> SentMail:
    tags = message.tags
    return SentMail(
        id=message.id,
        at=message.at,
        client=client,
        lead=tags.get("lead", ""),
        message=tags.get("message", ""),
        mail=tags.get("mail", ""),
        sender=message.sender,
        recipient=", ".join(message.to),
        subject=message.subject,
        html=localise(message.html) or None,
        text=localise(message.text),
        headers=tuple((name, localise(value)) for name, value in message.headers),
        tags=dict(tags),
    )


def one_click_url(mail: SentMail) -> str | None:
    """The https or local address in List-Unsubscribe; None when the mail has none."""
    value = dict(mail.headers).get("List-Unsubscribe", "")
    found = (part.strip().strip("<>") for part in value.split(","))
    return next((url for url in found if urlsplit(url).scheme in ("http", "https")), None)
