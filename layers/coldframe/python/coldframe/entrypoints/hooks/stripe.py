"""Stripe: a charge that was taken is a purchase, what was paid back of it a refund."""

from datetime import datetime
from typing import Final

from coldframe.domain.money import Money
from coldframe.domain.touchpoint import PURCHASE_MADE, REFUND_MADE
from coldframe.entrypoints.hooks.sender import Heard, Sender
from coldframe.entrypoints.hooks.signing import fresh, mac, same
from coldframe.entrypoints.hooks.told import Told, at, epoch, text
from coldframe.entrypoints.http import Request, Unreadable

_AS_HUNDREDTHS: Final = frozenset({"ISK", "UGX"})
"""Stripe counts these in hundredths that nobody can pay."""
_AS_WHOLES: Final = frozenset({"MGA"})
"""Stripe counts these as wholes, though others divide them."""


def _signed(request: Request, secret: bytes, now: datetime) -> bool:
    """``Stripe-Signature: t=…,v1=…[,v1=…]`` over ``<t>.<body>``."""
    parts = [part.partition("=") for part in request.headers.get("stripe-signature", "").split(",")]
    stated = next((value for name, _, value in parts if name == "t"), "")
    if not fresh(stated, now):
        return False
    wanted = mac(secret, stated.encode() + b"." + request.body)
    return any(same(value, wanted) for name, _, value in parts if name == "v1")


def _heard(told: Told, _event: str) -> Heard | None:
    charge = at(told, "data", "object")
    paid = _paid(told, charge)
    if paid is None:
        return None
    event, own_id, minor = paid
    currency = text(charge.get("currency")).upper()
    address = at(charge, "billing_details").get("email") or charge.get("receipt_email")
    order = text(charge.get("payment_intent")) or text(charge.get("id"))
    told_of = {"product": text(charge.get("description"))[:300], "order": order}
    return Heard(
        event=event,
        own_id=own_id,
        address=text(address),
        occurred_at=epoch(told.get("created")),
        data={
            "amount": str(Money(minor=_smallest(minor, currency), currency=currency).amount),
            "currency": currency,
            **{name: value for name, value in told_of.items() if value},
        },
    )


def _paid(told: Told, charge: Told) -> tuple[str, str, int] | None:
    """The event, its id and the coins. A charge is the money itself: whatever it was for, there is
    one for each payment. One that was only allowed counts when it is captured, with what was taken
    of it.
    """
    own_id = text(charge.get("id"))
    if told.get("type") == "charge.succeeded" and charge.get("captured") is not False:
        return PURCHASE_MADE, own_id, _coins(charge.get("amount"))
    if told.get("type") == "charge.captured":
        return PURCHASE_MADE, own_id, _coins(charge.get("amount_captured"))
    if told.get("type") == "charge.refunded":
        before = at(told, "data", "previous_attributes").get("amount_refunded", 0)
        total = _coins(charge.get("amount_refunded"))
        return REFUND_MADE, f"{own_id} {total}", total - _coins(before)
    return None


def _smallest(minor: int, currency: str) -> int:
    if currency in _AS_WHOLES:
        return minor * 100
    return minor // 100 if currency in _AS_HUNDREDTHS else minor


def _coins(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable("A charge needs its amount, in the smallest coins.")
    return value


STRIPE: Final = Sender(verify=_signed, read=_heard)
