"""What signatures of all kinds are made of: a keyed hash, and a time that is now."""

import hmac
from datetime import datetime
from hashlib import sha256
from typing import Final

TOLERANCE: Final = 300
"""Seconds that a signature's time may differ from ours."""


def mac(secret: bytes, text: bytes) -> str:
    return hmac.new(secret, text, sha256).hexdigest()


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def fresh(stated: str, now: datetime) -> bool:
    timely = stated.isascii() and stated.isdigit() and len(stated) <= 11  # noqa: PLR2004 - seconds since 1970
    return timely and abs(now.timestamp() - int(stated)) <= TOLERANCE
