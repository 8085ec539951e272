"""Zoom: who came to a meeting or a webinar; and its question whether we know the secret."""

from datetime import datetime
from typing import Final

from coldframe.entrypoints.hooks.sender import Heard, Sender
from coldframe.entrypoints.hooks.signing import fresh, mac, same
from coldframe.entrypoints.hooks.told import Told, at, epoch, text
from coldframe.entrypoints.http import Request

_JOINED: Final = frozenset({"webinar.participant_joined", "meeting.participant_joined"})


def _signed(request: Request, secret: bytes, now: datetime) -> bool:
    """``x-zm-signature: v0=…`` over ``v0:<x-zm-request-timestamp>:<body>``."""
    stated = request.headers.get("x-zm-request-timestamp", "")
    if not fresh(stated, now):
        return False
    wanted = mac(secret, b"v0:" + stated.encode() + b":" + request.body)
    return same(request.headers.get("x-zm-signature", ""), f"v0={wanted}")


def _heard(told: Told, event: str) -> Heard | None:
    """Who came to a meeting or webinar; once for each of them, however often it came in."""
    if text(told.get("event")) not in _JOINED:
        return None
    held = at(told, "payload", "object")
    meeting = text(held.get("uuid")) or held.get("id")
    person = at(held, "participant")
    address = text(person.get("email"))
    return Heard(
        event=event,
        own_id=f"{meeting} {address.strip().lower()}" if meeting else "",
        address=address,
        occurred_at=epoch(told.get("event_ts")),
        data={"topic": text(held.get("topic"))[:300]},
    )


def challenge_of(told: Told) -> str:
    """Zoom asks, once, whether we know the secret."""
    asks = told.get("event") == "endpoint.url_validation"
    return text(at(told, "payload").get("plainToken"))[:200] if asks else ""


def proof(secret: bytes, challenge: str) -> dict[str, str]:
    return {"plainToken": challenge, "encryptedToken": mac(secret, challenge.encode())}


ZOOM: Final = Sender(verify=_signed, read=_heard)
