"""Events that a client's own server tells, signed with the client's key."""

import hmac
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from coldframe.adapters.keys import FIRST_KID, Keys
from coldframe.domain.errors import InvalidSubmission
from coldframe.domain.lead import lead_id, normal_address
from coldframe.entrypoints.http import Request, Unreadable, Unsigned, UnsupportedType
from coldframe.services.record_event import RecordEvent

SIGNATURE = "coldframe-signature"
LONGEST = 300
_STATED = re.compile(r"t=([0-9]{1,11}),(?:k=([A-Za-z0-9_-]{1,40}),)?v1=")
DEEPEST = 16
LARGEST_NUMBER = 10**37
"""The table keeps 38 digits, and objects 32 deep."""
TOLERANCE = 300
"""Seconds that a signature's time may differ from ours."""


def read_server_event(
    request: Request,
    *,
    keys: Callable[[], Keys],
    now: datetime,
) -> RecordEvent:
    """Unsigned, Unreadable, InvalidSubmission or InvalidAddress for what can't be one."""
    if request.media_type != "application/json":
        raise UnsupportedType("Post the event as application/json.")
    _verify(request, keys(), now)
    told = _object(request.body)
    problems = {name: "must be text" for name in ("event", "email", "id") if not _text(told, name)}
    occurred_at = _instant(told.get("occurred_at"), problems)
    data = told.get("data", {})
    if not isinstance(data, dict) or not _storable(data):
        problems["data"] = f"must be an object, {DEEPEST} deep at most, of numbers up to 1e37"
    if problems:
        raise InvalidSubmission(problems)
    address = normal_address(told["email"])
    return RecordEvent(
        lead=lead_id(keys().id, address),
        address=address,
        event=told["event"],
        own_id=told["id"],
        occurred_at=occurred_at,
        data=data,
    )


def signature(key: bytes, body: bytes, *, at: int, kid: str = "") -> str:
    """What the server sends along: ``t=<unix seconds>[,k=<key id>],v1=<hex>``."""
    mac = hmac.new(key, b"%d.%b" % (at, body), sha256).hexdigest()
    return f"t={at},k={kid},v1={mac}" if kid else f"t={at},v1={mac}"


def _verify(request: Request, keys: Keys, now: datetime) -> None:
    """A signature that names no key is made with the first."""
    given = request.headers.get(SIGNATURE, "")
    stated = _STATED.match(given)
    at, kid = (int(stated[1]), stated[2] or "") if stated else (0, "")
    key = keys.event_key(kid or FIRST_KID)
    wanted = signature(key or b"", request.body, at=at, kid=kid)
    genuine = key is not None and hmac.compare_digest(given.encode(), wanted.encode())
    if not genuine or abs(now.timestamp() - at) > TOLERANCE:
        raise Unsigned(f"Sign the event in the header {SIGNATURE.title()}, with a clock in time.")


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body.decode())
        json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise Unreadable("The body is not JSON in UTF-8.") from error
    if not isinstance(told, dict):
        raise Unreadable("The body is not a JSON object.")
    return told


def _text(told: dict[str, Any], name: str) -> bool:
    value = told.get(name)
    return isinstance(value, str) and 0 < len(value) <= LONGEST


def _storable(value: object, *, left: int = DEEPEST) -> bool:
    if isinstance(value, int | float):
        return abs(value) <= LARGEST_NUMBER
    if not isinstance(value, dict | list):
        return True
    held = value.values() if isinstance(value, dict) else value
    return left > 0 and all(_storable(each, left=left - 1) for each in held)


def _instant(value: object, problems: dict[str, str]) -> datetime | None:
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value if isinstance(value, str) and ":" in value else "")
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        problems["occurred_at"] = "must be an instant, as 2026-11-21T09:00:00Z"
        return None
