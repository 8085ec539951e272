"""What well-known senders tell by their own webhooks: verified as they sign, read as they write."""

import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from coldframe.domain.money import Money
from coldframe.domain.touchpoint import PURCHASE_MADE, REFUND_MADE
from coldframe.entrypoints.http import Request, Unreadable, Unsigned, UnsupportedType

TOLERANCE: Final = 300
"""Seconds that a signature's time may differ from ours."""
Told = Mapping[str, Any]


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


def _mac(secret: bytes, text: bytes) -> str:
    return hmac.new(secret, text, sha256).hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _fresh(stated: str, now: datetime) -> bool:
    timely = stated.isascii() and stated.isdigit() and len(stated) <= 11  # noqa: PLR2004 - seconds since 1970
    return timely and abs(now.timestamp() - int(stated)) <= TOLERANCE


def _stripe_signed(request: Request, secret: bytes, now: datetime) -> bool:
    """``Stripe-Signature: t=…,v1=…[,v1=…]`` over ``<t>.<body>``."""
    parts = [part.partition("=") for part in request.headers.get("stripe-signature", "").split(",")]
    at = next((value for name, _, value in parts if name == "t"), "")
    if not _fresh(at, now):
        return False
    wanted = _mac(secret, at.encode() + b"." + request.body)
    return any(_same(value, wanted) for name, _, value in parts if name == "v1")


def _zoom_signed(request: Request, secret: bytes, now: datetime) -> bool:
    """``x-zm-signature: v0=…`` over ``v0:<x-zm-request-timestamp>:<body>``."""
    at = request.headers.get("x-zm-request-timestamp", "")
    if not _fresh(at, now):
        return False
    wanted = _mac(secret, b"v0:" + at.encode() + b":" + request.body)
    return _same(request.headers.get("x-zm-signature", ""), f"v0={wanted}")


def _typeform_signed(request: Request, secret: bytes, _now: datetime) -> bool:
    """``Typeform-Signature: sha256=<base64>`` over the body; it states no time."""
    wanted = b64encode(hmac.new(secret, request.body, sha256).digest()).decode()
    return _same(request.headers.get("typeform-signature", ""), f"sha256={wanted}")


_AS_HUNDREDTHS: Final = frozenset({"ISK", "UGX"})
"""Stripe counts these in hundredths that nobody can pay."""


def _stripe(told: Told, _event: str) -> Heard | None:
    """A charge is the money itself: whatever it was for, there is one for each payment. One that
    was only allowed counts when it is captured, with what was taken of it.
    """
    charge = _at(told, "data", "object")
    if told.get("type") == "charge.succeeded" and charge.get("captured") is not False:
        minor, event, own_id = _coins(charge.get("amount")), PURCHASE_MADE, _text(charge.get("id"))
    elif told.get("type") == "charge.captured":
        minor, event = _coins(charge.get("amount_captured")), PURCHASE_MADE
        own_id = _text(charge.get("id"))
    elif told.get("type") == "charge.refunded":
        before = _at(told, "data", "previous_attributes").get("amount_refunded", 0)
        total = _coins(charge.get("amount_refunded"))
        minor = total - _coins(before)
        event, own_id = REFUND_MADE, f"{_text(charge.get('id'))} {total}"
    else:
        return None
    currency = _text(charge.get("currency")).upper()
    coins = minor // 100 if currency in _AS_HUNDREDTHS else minor
    address = _at(charge, "billing_details").get("email") or charge.get("receipt_email")
    order = _text(charge.get("payment_intent")) or _text(charge.get("id"))
    told_of = {"product": _text(charge.get("description"))[:300], "order": order}
    return Heard(
        event=event,
        own_id=own_id,
        address=_text(address),
        occurred_at=_epoch(told.get("created")),
        data={
            "amount": str(Money(minor=coins, currency=currency).amount),
            "currency": currency,
            **{name: value for name, value in told_of.items() if value},
        },
    )


def _zoom(told: Told, event: str) -> Heard | None:
    """Who came to a meeting or webinar; once for each of them, however often it came in."""
    if told.get("event") not in {"webinar.participant_joined", "meeting.participant_joined"}:
        return None
    held = _at(told, "payload", "object")
    person = _at(held, "participant")
    address = _text(person.get("email"))
    return Heard(
        event=event,
        own_id=f"{_text(held.get('uuid')) or held.get('id')} {address.strip().lower()}",
        address=address,
        occurred_at=_epoch(told.get("event_ts")),
        data={"topic": _text(held.get("topic"))[:300]},
    )


def _typeform(told: Told, event: str) -> Heard | None:
    """Answers by their field's ref; the address is the first answer that is one."""
    answered = _at(told, "form_response") or told
    given = answered.get("answers")
    answers = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    values = {_text(_at(each, "field").get("ref")): _answer(each) for each in answers}
    typed = [_text(each.get("email")) for each in answers if each.get("type") == "email"]
    hidden = _text(_at(answered, "hidden").get("email"))
    inside = [value for value in values.values() if isinstance(value, str) and "@" in value]
    address = next((each for each in (*typed, hidden, *inside) if each), "")
    own = {name: value for name, value in list(values.items())[:50] if name and value != address}
    return Heard(
        event=event,
        own_id=_text(answered.get("token")),
        address=address,
        occurred_at=_iso(answered.get("submitted_at")),
        data={"form": _text(answered.get("form_id")), "answers": own},
    )


def _answer(answer: Told) -> object:
    value = answer.get(_text(answer.get("type")))
    if isinstance(value, dict):
        value = value.get("label") or value.get("labels")
    if isinstance(value, list):
        return [_text(each)[:300] for each in value[:50]]
    return value[:300] if isinstance(value, str) else value if _plain(value) else ""


def _plain(value: object) -> bool:
    return isinstance(value, bool) or (isinstance(value, int | float) and abs(value) < 10**15)


def _at(told: Told, *path: str) -> dict[str, Any]:
    """What lies there, if it is an object; else an empty one."""
    held: Any = told
    for name in path:
        held = held.get(name) if isinstance(held, dict) else None
    return held if isinstance(held, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _coins(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable("A charge needs its amount, in the smallest coins.")
    return value


def _epoch(value: object) -> datetime | None:
    """Seconds or milliseconds since 1970."""
    if not isinstance(value, int) or not 0 < value < 10**14:
        return None
    return datetime.fromtimestamp(value / 1000 if value > 10**11 else value, UTC)


def _iso(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(_text(value))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


SENDERS: Final[Mapping[str, Sender]] = {
    "stripe": Sender(verify=_stripe_signed, read=_stripe),
    "zoom": Sender(verify=_zoom_signed, read=_zoom),
    "typeform": Sender(verify=_typeform_signed, read=_typeform),
}


def challenge_of(told: Told) -> str:
    """Zoom asks, once, whether we know the secret."""
    asks = told.get("event") == "endpoint.url_validation"
    return _text(_at(told, "payload").get("plainToken"))[:200] if asks else ""


def proof(secret: bytes, challenge: str) -> dict[str, str]:
    return {"plainToken": challenge, "encryptedToken": _mac(secret, challenge.encode())}
