"""Addresses that our mails are answered at: opaque, signed, and safe from mail systems.

A local part holds 64 characters, and some systems turn it to lower case: base 32 it is. One
answers one message (``r+…``); one per client lets its own people tell of their mails (``b+…``).
"""

import binascii
import hmac
from base64 import b32decode, b32encode
from dataclasses import dataclass
from hashlib import sha256

from coldframe.adapters.keys import SecretKeys

REPLY, BLIND_COPY = "r", "b"
MAC = 12
"""Bytes: with two ids of 13 bytes, all that a local part has room for."""
ID = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the signed address stands for."""

    lead: str
    message: str


@dataclass(frozen=True, slots=True)
class SignedReplyAddresses:
    keys: SecretKeys
    domain: str

    def reply_to(self, lead: str, message: str) -> str:
        ids = bytes.fromhex(lead) + bytes.fromhex(message)
        return self._address(REPLY, ids + _mac(self._newest(), REPLY, ids))

    def blind_copy(self) -> str:
        """The same until a new key signs; the older ones are understood for ever."""
        return self._address(BLIND_COPY, _mac(self._newest(), BLIND_COPY, b""))

    def answered(self, address: str) -> Answered | None:
        """None: not an address that we made."""
        held = self._held(REPLY, address)
        if held is None or len(held) != 2 * ID + MAC:
            return None
        ids, mac = held[: 2 * ID], held[2 * ID :]
        if not self._signed(REPLY, ids, mac):
            return None
        return Answered(lead=ids[:ID].hex(), message=ids[ID:].hex())

    def is_blind_copy(self, address: str) -> bool:
        held = self._held(BLIND_COPY, address)
        return held is not None and self._signed(BLIND_COPY, b"", held)

    def _signed(self, purpose: str, ids: bytes, mac: bytes) -> bool:
        keys = [key for _, key in self.keys().sign]
        return any(hmac.compare_digest(mac, _mac(key, purpose, ids)) for key in keys)

    def _newest(self) -> bytes:
        return self.keys().sign[-1][1]

    def _address(self, purpose: str, held: bytes) -> str:
        text = b32encode(held).decode().rstrip("=").lower()
        return f"{purpose}+{text}@{self.domain}"

    def _held(self, purpose: str, address: str) -> bytes | None:
        local, _, domain = address.strip().lower().rpartition("@")
        word, plus, text = local.partition("+")
        if domain != self.domain or word != purpose or not plus:
            return None
        try:
            return b32decode(text.upper() + "=" * (-len(text) % 8))
        except (binascii.Error, ValueError):
            return None


def _mac(key: bytes, purpose: str, ids: bytes) -> bytes:
    return hmac.new(key, f"reply address {purpose} ".encode() + ids, sha256).digest()[:MAC]
