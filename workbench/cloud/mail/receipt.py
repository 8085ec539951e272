"""What SES says of a mail it received: the headers it adds, and the event it tells a function."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from workbench.cloud.mail.events import stamp

Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """PASS, FAIL, GRAY or PROCESSING_FAILED, each."""

    spam: str = "PASS"
    virus: str = "PASS"
    spf: str = "PASS"
    dkim: str = "PASS"
    dmarc: str = "PASS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    id: str
    at: datetime
    region: str
    sender: str
    """The envelope's; empty for a bounce."""
    recipients: tuple[str, ...]
    verdicts: Verdicts


def stored(receipt: Receipt, raw: bytes) -> bytes:
    """The mail as it comes to lie in the bucket."""
    told = receipt.verdicts
    server = f"inbound-smtp.{receipt.region}.amazonaws.com"
    way = f"from mx.example.net (mx.example.net [203.0.113.1]) by {server} with SMTP"
    proofs = f"spf={told.spf.lower()}; dkim={told.dkim.lower()}; dmarc={told.dmarc.lower()};"
    when = format_datetime(receipt.at)
    lines = [
        f"Return-Path: <{receipt.sender}>",
        f"Received: {way} id {receipt.id} for {receipt.recipients[0]}; {when}",
        f"X-SES-Spam-Verdict: {told.spam}",
        f"X-SES-Virus-Verdict: {told.virus}",
        f"Authentication-Results: amazonses.com; {proofs}",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode() + raw


def event(receipt: Receipt, raw: bytes, *, function: str) -> Record:
    """The event of a Lambda action."""
    parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
    headers = [{"name": name, "value": str(value)} for name, value in parsed.items()]
    told = receipt.verdicts
    verdicts = {
        f"{name}Verdict": {"status": getattr(told, name)}
        for name in ("spam", "virus", "spf", "dkim", "dmarc")
    }
    mail = {
        "timestamp": stamp(receipt.at),
        "source": receipt.sender,
        "messageId": receipt.id,
        "destination": list(receipt.recipients),
        "headersTruncated": False,
        "headers": headers,
        "commonHeaders": _common(receipt, parsed),
    }
    action = {"type": "Lambda", "functionArn": function, "invocationType": "Event"}
    return {
        "Records": [
            {
                "eventSource": "aws:ses",
                "eventVersion": "1.0",
                "ses": {
                    "mail": mail,
                    "receipt": {
                        "timestamp": stamp(receipt.at),
                        "processingTimeMillis": 1,
                        "recipients": list(receipt.recipients),
                        **verdicts,
                        "action": action,
                    },
                },
            }
        ]
    }


def _common(receipt: Receipt, parsed: Any) -> Record:
    many = {name: [str(parsed[name])] for name in ("from", "to", "cc") if parsed[name]}
    one = {
        key: str(parsed[name])
        for key, name in (("messageId", "message-id"), ("date", "date"), ("subject", "subject"))
        if parsed[name]
    }
    return {"returnPath": receipt.sender, **many, **one}


def matching(recipients: Sequence[str], conditions: Sequence[str]) -> tuple[str, ...]:
    """The recipients that a rule is for: by address, domain, or subdomains (``.example.com``)."""
    return tuple(one for one in recipients if not conditions or _matches(one, conditions))


def _matches(recipient: str, conditions: Sequence[str]) -> bool:
    local, _, domain = recipient.lower().rpartition("@")
    bare = f"{local.partition('+')[0]}@{domain}"
    return any(
        condition.lower() in (domain, f"{local}@{domain}", bare)
        or (condition.startswith(".") and domain.endswith(condition.lower()))
        for condition in conditions
    )
