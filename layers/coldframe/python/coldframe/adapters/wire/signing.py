"""AWS's signature, version 4, of one JSON call; what botocore makes of it too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import digest
from time import gmtime, strftime, time
from typing import Final

ALGORITHM: Final = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    access: str
    secret: str = field(repr=False)
    token: str = field(repr=False, default="")


@dataclass(slots=True)
class Signer:
    """For one service in one region; a key is derived once a day."""

    credentials: Credentials
    region: str
    service: str
    _day: str = field(default="", init=False)
    _key: bytes = field(default=b"", init=False, repr=False)

    def signed(
        self, path: str, body: bytes, headers: Mapping[str, str], *, at: float | None = None
    ) -> dict[str, str]:
        """The headers, by their names in lower case, with those that prove who asks; a POST."""
        moment = strftime("%Y%m%dT%H%M%SZ", gmtime(time() if at is None else at))
        told = {**headers, "x-amz-date": moment}
        if self.credentials.token:
            told["x-amz-security-token"] = self.credentials.token
        names = sorted(told)
        lines = "".join(f"{name}:{told[name]}\n" for name in names)
        signed = ";".join(names)
        asked = f"POST\n{path}\n\n{lines}\n{signed}\n{sha256(body).hexdigest()}"
        scope = f"{moment[:8]}/{self.region}/{self.service}/aws4_request"
        text = f"{ALGORITHM}\n{moment}\n{scope}\n{sha256(asked.encode()).hexdigest()}"
        signature = digest(self._key_of(moment[:8]), text.encode(), "sha256").hex()
        told["authorization"] = (
            f"{ALGORITHM} Credential={self.credentials.access}/{scope},"
            f" SignedHeaders={signed}, Signature={signature}"
        )
        return told

    def _key_of(self, day: str) -> bytes:
        if day != self._day:
            key = f"AWS4{self.credentials.secret}".encode()
            for part in (day, self.region, self.service, "aws4_request"):
                key = digest(key, part.encode(), "sha256")
            self._day, self._key = day, key
        return self._key
