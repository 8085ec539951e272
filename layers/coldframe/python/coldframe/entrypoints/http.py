"""API Gateway's HTTP event as a request; what it may not be is said by name."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LARGEST_BODY = 64 * 1024
LOOPBACK = ("127.0.0.1", "::1")


class BadRequest(Exception):
    """The caller's mistake; the text is fit for the caller."""

    status = 400


class BodyTooLarge(BadRequest):
    status = 413


class UnsupportedType(BadRequest):
    status = 415


class Unreadable(BadRequest):
    status = 422


class NotFound(BadRequest):
    status = 404


class Unsigned(BadRequest):
    status = 401


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    method: str
    path: Mapping[str, str]
    """The route's parameters."""
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes
    id: str = ""
    """API Gateway's own id of the request."""
    query: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    """Where it came from, as the gateway saw it."""

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def wants_json(self) -> bool:
        accepted = self.headers.get("accept", "").lower()
        asks = "application/json" in accepted and "text/html" not in accepted
        return asks or self.media_type in {"application/json", "text/plain"}

    @property
    def network(self) -> str:
        """The caller's 256 neighbours, or site by IPv6 (/48); empty for this machine itself."""
        if self.address in LOOPBACK:
            return ""
        if ":" in self.address:
            return ":".join(self.address.partition("::")[0].split(":")[:3])
        return self.address.rpartition(".")[0]

    @property
    def agent(self) -> str:
        return self.headers.get("user-agent", "")[:300]


def read_request(event: Mapping[str, Any]) -> Request:
    headers = event.get("headers") or {}
    return Request(
        method=event["requestContext"]["http"]["method"],
        path=event.get("pathParameters") or {},
        headers={name.lower(): value for name, value in headers.items()},
        body=_body(event),
        id=event["requestContext"].get("requestId", ""),
        query=event.get("queryStringParameters") or {},
        address=event["requestContext"]["http"].get("sourceIp", ""),
    )


def _body(event: Mapping[str, Any]) -> bytes:
    raw = event.get("body") or ""
    if len(raw) > LARGEST_BODY * 2:
        raise BodyTooLarge("The post is larger than 64 KB.")
    body = _plain(raw) if event.get("isBase64Encoded") else raw.encode("utf-8", "surrogatepass")
    if len(body) > LARGEST_BODY:
        raise BodyTooLarge("The post is larger than 64 KB.")
    return body


def _plain(raw: str) -> bytes:
    try:
        return b64decode(raw, validate=True)
    except (NotBase64, ValueError) as error:
        raise Unreadable("The body can't be decoded.") from error
