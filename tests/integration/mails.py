"""Mails as they reached SES, and what SES tells of them."""

from datetime import datetime, timedelta
from typing import Any

Mail = dict[str, Any]


def text_of(mail: Mail) -> str:
    text: str = mail["Content"]["Simple"]["Body"]["Text"]["Data"]
    return text


def tags_of(mail: Mail) -> dict[str, str]:
    return {tag["Name"]: tag["Value"] for tag in mail["EmailTags"]}


def ses_event(mail: Mail, kind: str, at: datetime, **said: object) -> Mail:
    stamp = (at + timedelta(seconds=1)).isoformat().replace("+00:00", "Z")
    return {
        "eventType": kind,
        "mail": {
            "timestamp": stamp,
            "messageId": f"ses-{tags_of(mail)['message']}",
            "destination": mail["Destination"]["ToAddresses"],
            "tags": {name: [value] for name, value in tags_of(mail).items()},
        },
        kind[0].lower() + kind[1:]: {"timestamp": stamp, **said},
    }
