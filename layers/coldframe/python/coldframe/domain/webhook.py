"""A journey's call to another service, in the form that Standard Webhooks gave such calls."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from coldframe.domain.instants import text_of
from coldframe.domain.playbook import Webhook
from coldframe.domain.profile import Profile

KIND: Final = "journey.step"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """``id`` is the same however often it is tried: by it the other side knows a repeat."""

    url: str
    id: str
    body: str


def call_of(
    webhook: Webhook,
    profile: Profile,
    *,
    message: str,
    client: str,
    journey: str,
    step: str,
    at: datetime,
) -> Call:
    """Of the lead's fields only those that client.yaml names for this webhook; unknown ones are
    null."""
    known = {name: profile.fields.get(name) for name in webhook.fields}
    told: Mapping[str, Any] = {
        "id": message,
        "type": KIND,
        "client": client,
        "journey": journey,
        "step": step,
        "lead": profile.lead,
        "at": text_of(at),
        "fields": {name: one.value if one else None for name, one in known.items()},
    }
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Call(url=webhook.url, id=message, body=body)


def signed_headers(call: Call, key: bytes, *, now: datetime) -> dict[str, str]:
    """`webhook-signature: v1,<base64>` of id, seconds since 1970 and body, joined by dots."""
    seconds = str(int(now.timestamp()))
    signed = f"{call.id}.{seconds}.{call.body}".encode()
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "content-type": "application/json",
        "webhook-id": call.id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{signature}",
    }
