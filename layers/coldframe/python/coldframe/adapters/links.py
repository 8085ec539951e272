"""Signed links: a token says its purpose, key, lead, message and target; nobody can alter it."""

import binascii
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from coldframe.adapters.keys import Keys, SecretKeys
from coldframe.domain.errors import InvalidToken

LONGEST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    lead: str
    message: str
    target: str
    index: int


@dataclass(frozen=True, slots=True)
class SignedLinks:
    keys: SecretKeys

    def sign(
        self, purpose: str, *, lead: str, message: str = "", target: str = "", index: int = -1
    ) -> str:
        kid, key = self.keys().sign[-1]
        parts = [purpose, kid, lead, message, index, target]
        payload = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
        return f"{_text(payload)}.{_text(_mac(key, payload))}"

    def read(self, purpose: str, token: str) -> Claims:
        payload, mac = _opened(token)
        stated, kid, lead, message, index, target = _parts(payload)
        key = _key(self.keys(), kid) or _key(self.keys.again(), kid)
        if not hmac.compare_digest(mac, _mac(key or b"", payload)) or key is None:
            raise InvalidToken("not signed by us")
        if stated != purpose:
            raise InvalidToken("for another purpose")
        return Claims(lead=lead, message=message, target=target, index=index)


def _key(keys: Keys, kid: str) -> bytes | None:
    return dict(keys.sign).get(kid)


def _mac(key: bytes, payload: bytes) -> bytes:
    return hmac.new(key, payload, sha256).digest()


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _data(text: str) -> bytes:
    data = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if _text(data) != text:
        raise InvalidToken("not the one spelling of a token")
    return data


def _opened(token: str) -> tuple[bytes, bytes]:
    payload, dot, mac = token.partition(".")
    if not dot or len(token) > LONGEST:
        raise InvalidToken("not a token")
    try:
        return _data(payload), _data(mac)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise InvalidToken("not a token") from error


def _parts(payload: bytes) -> tuple[str, str, str, str, int, str]:
    """Read before it is verified, to learn the key's id; used only afterwards."""
    try:
        purpose, kid, lead, message, index, target = json.loads(payload)
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidToken("not a token") from error
    texts = (purpose, kid, lead, message, target)
    if not all(isinstance(each, str) for each in texts) or not isinstance(index, int):
        raise InvalidToken("not a token")
    return purpose, kid, lead, message, index, target
