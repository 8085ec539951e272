"""A mail of ours that carries another one, as SES takes it: every byte of it."""

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from coldframe.domain.message import RenderedMail

LONGEST_LINE = 998


def whole(mail: RenderedMail) -> bytes:
    """What is attached isn't parsed and written again: it stays what it was."""
    boundary = f"whole-{sha256(mail.attached).hexdigest()[:40]}".encode()
    text = EmailMessage(policy=SMTP)
    text.set_content(mail.text, cte="quoted-printable")
    del text["MIME-Version"]
    parts = [bytes(text), _attachment(mail.attached)]
    body = b"".join(b"--" + boundary + b"\r\n" + part.rstrip(b"\r\n") + b"\r\n" for part in parts)
    return (
        _headers(mail)
        + b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="'
        + boundary
        + b'"\r\n\r\n'
        + body
        + b"--"
        + boundary
        + b"--\r\n"
    )


def _headers(mail: RenderedMail) -> bytes:
    head = EmailMessage(policy=SMTP)
    head["From"] = mail.sender
    head["To"] = mail.recipient
    if mail.reply_to:
        head["Reply-To"] = mail.reply_to
    head["Subject"] = mail.subject
    for name, value in mail.headers:
        head[name] = value
    return bytes(head).removesuffix(b"\r\n")


def _attachment(raw: bytes) -> bytes:
    """A mail within a mail may not be encoded; one that can't stand as it is goes as a file."""
    lines = raw.splitlines()
    if raw.isascii() and b"\0" not in raw and all(len(line) <= LONGEST_LINE for line in lines):
        head = b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n"
        return head + b"\r\n".join(lines)
    file = EmailMessage(policy=SMTP)
    file.set_content(raw, "application", "octet-stream", filename="reply.eml")
    del file["MIME-Version"]
    return bytes(file)
