"""Mails as they come in, written by hand."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

from coldframe.adapters.inbox import parsed
from coldframe.domain.replies.inbound import Delivery, InboundMail, Verdicts

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
PASSED = Verdicts(spam="pass", virus="pass", spf="pass", dkim="pass", dmarc="pass")
ADA = "ada@example.com"


def raw(text: str = "Do you bake for forty people?", **headers: str) -> bytes:
    """From Ada; ``Auto_Submitted`` stands for Auto-Submitted, an empty one for none."""
    mail = EmailMessage(policy=SMTP)
    told = {"From": f"Ada Lovelace <{ADA}>", "To": "r@reply.example", "Subject": "Re: Cakes"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in {**told, "Message-ID": "<1@example.com>", **named}.items():
        if value:
            mail[name] = value
    mail.set_content(f"{text}\n")
    return bytes(mail)


def read(text: str = "Do you bake for forty people?", **headers: str) -> InboundMail:
    return parsed(raw(text, **headers))


def delivery(
    *recipients: str, sender: str = ADA, verdicts: Verdicts = PASSED, receipt: str = "receipt-1"
) -> Delivery:
    return Delivery(
        id=receipt,
        at=NOW,
        recipients=recipients,
        envelope_sender=sender,
        verdicts=verdicts,
    )
