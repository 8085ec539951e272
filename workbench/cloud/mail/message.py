"""A mail as it was handed to SES: what a mailbox, a test or a person wants to see of it."""

from __future__ import annotations

import base64
import email
import email.policy
import html
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from typing import Any

HREF = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
BARE = re.compile(r"https?://[^\s<>\"')]+")

Header = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One accepted SendEmail request."""

    id: str
    at: datetime
    account: str
    region: str
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    bcc: tuple[str, ...]
    subject: str
    html: str
    text: str
    headers: tuple[Header, ...]
    tags: dict[str, str]
    configuration_set: str | None
    tenant: str | None
    caller: str
    raw: bytes = b""
    """The whole mail, where the sender wrote it to the last byte."""

    @property
    def recipients(self) -> tuple[str, ...]:
        return (*self.to, *self.cc, *self.bcc)

    @property
    def links(self) -> list[str]:
        """The links of the HTML, in order; of the text when there is no HTML."""
        found = [html.unescape(link) for link in HREF.findall(self.html)]
        return found or BARE.findall(self.text)

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def addressed_to(self, address: str) -> bool:
        return any(parseaddr(one)[1].lower() == address.lower() for one in self.recipients)


def read_request(data: dict[str, Any], **known: Any) -> Message:
    """The message in a SendEmail request; `known` is what only its receiver can say."""
    destination = data.get("Destination") or {}
    content = data.get("Content") or {}
    parts = _raw(content["Raw"]) if "Raw" in content else _simple(content.get("Simple") or {})
    return Message(
        sender=data.get("FromEmailAddress") or parts["from"],
        to=tuple(destination.get("ToAddresses") or parts["to"]),
        cc=tuple(destination.get("CcAddresses") or ()),
        bcc=tuple(destination.get("BccAddresses") or ()),
        subject=parts["subject"],
        html=parts["html"],
        text=parts["text"],
        headers=(*parts["headers"], *_reply_to(data)),
        tags={tag["Name"]: tag["Value"] for tag in data.get("EmailTags") or []},
        configuration_set=data.get("ConfigurationSetName"),
        tenant=data.get("TenantName"),
        raw=base64.b64decode(content["Raw"]["Data"]) if "Raw" in content else b"",
        **known,
    )


def _simple(content: dict[str, Any]) -> dict[str, Any]:
    body = content.get("Body") or {}
    return {
        "from": "",
        "to": (),
        "subject": (content.get("Subject") or {}).get("Data", ""),
        "html": (body.get("Html") or {}).get("Data", ""),
        "text": (body.get("Text") or {}).get("Data", ""),
        "headers": tuple((one["Name"], one["Value"]) for one in content.get("Headers") or []),
    }


def _reply_to(data: dict[str, Any]) -> tuple[Header, ...]:
    addresses = data.get("ReplyToAddresses") or ()
    return (("Reply-To", ", ".join(addresses)),) if addresses else ()


def _raw(content: dict[str, Any]) -> dict[str, Any]:
    policy = email.policy.default
    parsed = email.message_from_bytes(base64.b64decode(content["Data"]), policy=policy)
    return {
        "from": str(parsed["From"] or ""),
        "to": tuple(address for _, address in getaddresses([str(parsed["To"] or "")])),
        "subject": str(parsed["Subject"] or ""),
        "html": _body(parsed, "html"),
        "text": _body(parsed, "plain"),
        "headers": tuple((name, str(value)) for name, value in parsed.items()),
    }


def _body(parsed: EmailMessage, kind: str) -> str:
    part = parsed.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
