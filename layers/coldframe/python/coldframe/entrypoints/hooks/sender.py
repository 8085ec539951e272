"""A service that tells by its own webhooks: how it signs, and what of it concerns a lead."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coldframe.entrypoints.hooks.told import Told
from coldframe.entrypoints.http import Request, Unreadable, Unsigned, UnsupportedType


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """``address`` empty: the sender doesn't say whom it is about."""

    event: str
    own_id: str
    address: str
    occurred_at: datetime | None = None
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """``read`` answers what of it concerns a lead: None for all that doesn't."""

    verify: Callable[[Request, bytes, datetime], bool]
    read: Callable[[Told, str], Heard | None]


def body_of(request: Request) -> Told:
    if request.media_type != "application/json":
        raise UnsupportedType("Post the event as application/json.")
    try:
        told = json.loads(request.body.decode())
        json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise Unreadable("The body is not JSON in UTF-8.") from error
    if not isinstance(told, dict):
        raise Unreadable("The body is not a JSON object.")
    return told


def check(request: Request, sender: Sender, secret: bytes, now: datetime) -> None:
    """Unsigned for anything but what the sender signed just now; no secret verifies nothing."""
    if not secret or not sender.verify(request, secret, now):
        raise Unsigned("This isn't signed with the secret that is kept for this source.")
