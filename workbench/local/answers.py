"""What a lead's mail program would send in answer to a mail."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from uuid import uuid4

from workbench.cloud.local_cloud import LocalCloud
from workbench.cloud.mail.inbound import MailRefused
from workbench.local.town import SentMail

SES_DOMAIN = "email.amazonses.com"


def reply_to(mail: SentMail) -> str:
    """The bare address that the mail wants to be answered at."""
    told = {name.lower(): value for name, value in mail.headers}
    return parseaddr(told.get("reply-to") or mail.sender)[1]


def answer(mail: SentMail, text: str, *, at: datetime) -> bytes:
    """From the lead, quoting the mail as most programs do."""
    quoted = "\n".join(f"> {line}".rstrip() for line in mail.text.splitlines())
    when = f"{mail.at:%a, %d %b %Y at %H:%M}"
    body = f"{text}\n\nOn {when}, {mail.sender} wrote:\n{quoted}\n"
    return bytes(_addressed(mail, f"Re: {mail.subject}", body, at=at))


def out_of_office(mail: SentMail, *, at: datetime) -> bytes:
    """What answers while the lead is on holiday."""
    body = "Thank you for your mail. I am out of the office until Monday.\n"
    automatic = _addressed(mail, f"Automatic reply: {mail.subject}", body, at=at)
    automatic["Auto-Submitted"] = "auto-replied"
    return bytes(automatic)


def comes_in(cloud: LocalCloud, raw: bytes, mail: SentMail, *, sender: str = "") -> bool:
    """Where ``mail`` wants to be answered; False: nobody takes mail there."""
    try:
        cloud.receive(raw, to=[reply_to(mail)], sender=sender)
    except MailRefused:
        return False
    cloud.settle()
    return True


def _addressed(mail: SentMail, subject: str, body: str, *, at: datetime) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"] = mail.recipient
    made["To"] = reply_to(mail)
    made["Subject"] = subject
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{uuid4()}@{mail.recipient.rpartition('@')[2]}>"
    made["In-Reply-To"] = made["References"] = f"<{mail.id}@{SES_DOMAIN}>"
    made.set_content(body)
    return made
