"""SES's event records, in the shapes of its developer guide."""

from __future__ import annotations

import uuid
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from workbench.cloud.mail.message import Message

Record = dict[str, Any]
BROWSER = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Safari/605.1.15"
)
ADDRESS = "192.0.2.1"
DETAIL_TYPES = {
    "Send": "Email Sent",
    "Delivery": "Email Delivered",
    "Bounce": "Email Bounced",
    "Complaint": "Email Complaint Received",
    "Open": "Email Opened",
    "Click": "Email Clicked",
    "Reject": "Email Rejected",
    "DeliveryDelay": "Email Delivery Delayed",
    "Rendering Failure": "Email Rendering Failed",
    "Subscription": "Email Subscribed",
}
MATCHING = {
    "Rendering Failure": "RENDERING_FAILURE",
    "DeliveryDelay": "DELIVERY_DELAY",
}


def record(kind: str, message: Message, content: Record) -> Record:
    """A whole event record."""
    field = {"DeliveryDelay": "deliveryDelay", "Rendering Failure": "failure"}.get(
        kind, kind.lower()
    )
    return {"eventType": kind, "mail": mail(message), field: content}


def mail(message: Message) -> Record:
    """The part that every record has; a bounce is known by its tags and headers."""
    _, address = parseaddr(message.sender)
    headers = [
        ("From", message.sender),
        ("To", ", ".join(message.to)),
        ("Subject", message.subject),
        ("MIME-Version", "1.0"),
        *message.headers,
    ]
    seen = dict.fromkeys(headers)
    return {
        "timestamp": stamp(message.at),
        "source": message.sender,
        "sourceArn": f"arn:aws:ses:{message.region}:{message.account}:identity/{address}",
        "sendingAccountId": message.account,
        "messageId": message.id,
        "destination": list(message.recipients),
        "headersTruncated": False,
        "headers": [{"name": name, "value": value} for name, value in seen],
        "commonHeaders": {
            "from": [message.sender],
            "to": list(message.to),
            "messageId": message.id,
            "subject": message.subject,
        },
        "tags": _tags(message, address),
    }


def _tags(message: Message, address: str) -> dict[str, list[str]]:
    own = {name: [value] for name, value in message.tags.items()}
    return {
        "ses:operation": ["SendEmail"],
        "ses:configuration-set": [message.configuration_set or ""],
        "ses:source-ip": [ADDRESS],
        "ses:from-domain": [address.rpartition("@")[2]],
        "ses:caller-identity": [message.caller],
        **own,
    }


def engagement(at: datetime, *, bot: str, user_agent: str, address: str) -> Record:
    """What an open and a click have in common."""
    return {
        "timestamp": stamp(at),
        "userAgent": user_agent,
        "ipAddress": address,
        "isBotEvent": bot,
    }


def bounce(at: datetime, message: Message, kind: str, sub_kind: str) -> Record:
    hard = kind == "Permanent"
    status = "5.1.1" if hard else "4.2.2"
    text = "smtp; 550 5.1.1 user unknown" if hard else "smtp; 452 4.2.2 mailbox full"
    return {
        "bounceType": kind,
        "bounceSubType": sub_kind,
        "bouncedRecipients": [
            {"emailAddress": one, "action": "failed", "status": status, "diagnosticCode": text}
            for one in _addresses(message)
        ],
        "timestamp": stamp(at),
        "feedbackId": _feedback_id(),
        "reportingMTA": "dsn; local-cloud.example",
    }


def complaint(at: datetime, message: Message, feedback: str) -> Record:
    return {
        "complainedRecipients": [{"emailAddress": one} for one in _addresses(message)],
        "timestamp": stamp(at),
        "feedbackId": _feedback_id(),
        "complaintSubType": None,
        "userAgent": BROWSER,
        "complaintFeedbackType": feedback,
        "arrivalDate": stamp(at),
    }


def delivery(at: datetime, message: Message) -> Record:
    return {
        "timestamp": stamp(at),
        "processingTimeMillis": max(1, int((at - message.at).total_seconds() * 1000)),
        "recipients": _addresses(message),
        "smtpResponse": "250 2.6.0 Message received",
        "reportingMTA": "local-cloud.example",
    }


def delay(at: datetime, message: Message) -> Record:
    late = {"status": "4.4.1", "diagnosticCode": "smtp; 421 4.4.1 Unable to connect"}
    return {
        "timestamp": stamp(at),
        "delayType": "TransientCommunicationFailure",
        "expirationTime": stamp(at),
        "delayedRecipients": [{"emailAddress": one, **late} for one in _addresses(message)],
    }


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _addresses(message: Message) -> list[str]:
    return [parseaddr(one)[1] for one in message.recipients]


def _feedback_id() -> str:
    return f"0100{uuid.uuid4().hex[:12]}-{uuid.uuid4()}-000000"
