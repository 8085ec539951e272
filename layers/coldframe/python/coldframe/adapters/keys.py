"""The client's keys: one secret, read once per container; every key derives from it."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

from coldframe.adapters.aws import faults_named

if TYPE_CHECKING:
    from types_boto3_secretsmanager import SecretsManagerClient

FIRST_KID = "k0"
READ_AGAIN_AFTER = 60.0
"""Seconds: how often an unknown key id may make a container read the secret again."""


@dataclass(frozen=True, slots=True)
class Keys:
    id: bytes
    """Makes lead ids; it never rotates."""
    events: bytes
    """Signs server events."""
    webhooks: bytes
    """Signs journeys' calls to other services; the client's own people may know it."""
    sign: tuple[tuple[str, bytes], ...]
    """Key id and key, the newest last: it signs, all verify."""
    hooks: Mapping[str, bytes] = field(default_factory=dict)
    """Source → the secret that its service signs with."""

    def event_key(self, kid: str) -> bytes | None:
        """What signs server events under this key id; None: there is no such key."""
        if kid == FIRST_KID:
            return self.events
        key = dict(self.sign).get(kid)
        return _derived(key, "events") if key else None


def keys_of(secret: str) -> Keys:
    held = json.loads(secret)
    root = held["id"].encode()
    newer = ((each["kid"], each["key"].encode()) for each in held.get("sign", []))
    return Keys(
        id=_derived(root, "id"),
        events=_derived(root, "events"),
        webhooks=_derived(root, "webhooks"),
        sign=((FIRST_KID, _derived(root, f"sign:{FIRST_KID}")), *newer),
        hooks={name: secret.encode() for name, secret in held.get("hooks", {}).items()},
    )


def _derived(root: bytes, purpose: str) -> bytes:
    return hmac.new(root, purpose.encode(), sha256).digest()


@dataclass(slots=True)
class SecretKeys:
    client: "SecretsManagerClient"
    secret: str
    _keys: Keys | None = field(default=None, init=False)
    _read_at: float = field(default=0.0, init=False)

    def __call__(self) -> Keys:
        return self._keys or self._read()

    def again(self) -> Keys:
        """For a key id that isn't known here: a newer key may have come since."""
        if self._keys and monotonic() - self._read_at < READ_AGAIN_AFTER:
            return self._keys
        return self._read()

    def _read(self) -> Keys:
        with faults_named():
            answer = self.client.get_secret_value(SecretId=self.secret)
        self._keys, self._read_at = keys_of(answer["SecretString"]), monotonic()
        return self._keys
