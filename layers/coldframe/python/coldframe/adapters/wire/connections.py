"""Connections to one place, kept open between calls; each request goes out once."""

import ssl
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from importlib.util import find_spec
from os import environ
from pathlib import Path
from select import select
from time import time
from urllib.parse import urlsplit

from coldframe.adapters.aws_faults import Unanswered, Unreachable

KEPT_FOR = 30.0
"""Seconds: a container that slept longer wouldn't know that its connections were closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    """By their names in lower case."""
    body: bytes


@dataclass(slots=True, kw_only=True)
class Connections:
    url: str
    connect_timeout: float
    read_timeout: float
    _idle: list[tuple[HTTPConnection, float]] = field(default_factory=list, init=False)

    @property
    def host(self) -> str:
        """As it is signed: with the port, if that isn't the usual one."""
        return urlsplit(self.url).netloc

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Unreachable, if it surely wasn't sent; Unanswered, if it perhaps was."""
        connection = self._fresh_enough() or self._new()
        try:
            connection.request("POST", path, body, headers)
            heard = connection.getresponse()
            held = heard.read()
        except (OSError, HTTPException) as error:
            connection.close()
            raise Unanswered(type(error).__name__) from error
        if heard.will_close:
            connection.close()
        else:
            self._idle.append((connection, time()))
        told = {name.lower(): value for name, value in heard.getheaders()}
        return Answer(status=heard.status, headers=told, body=held)

    def _fresh_enough(self) -> HTTPConnection | None:
        """One that is still open, as far as can be told; who closed it has made it readable."""
        while self._idle:
            connection, used = self._idle.pop()
            if time() - used < KEPT_FOR and not select([connection.sock], [], [], 0)[0]:
                return connection
            connection.close()
        return None

    def _new(self) -> HTTPConnection:
        place = urlsplit(self.url)
        host, timeout = place.hostname or "", self.connect_timeout
        connection = (
            HTTPSConnection(host, place.port, timeout=timeout, context=_trusting(_roots()))
            if place.scheme == "https"
            else HTTPConnection(host, place.port, timeout=timeout)
        )
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            raise Unreachable(type(error).__name__) from error
        connection.sock.settimeout(self.read_timeout)
        return connection


@cache
def _trusting(roots: str) -> ssl.SSLContext:
    """One for all services: reading certificates takes longer than a handshake."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(roots)
    return context


def _roots() -> str:
    """botocore's own; of ours, the deployed ones, only Amazon's are left."""
    found = find_spec("botocore")
    beside = Path(found.origin).parent / "cacert.pem" if found and found.origin else ""
    return environ.get("AWS_CA_BUNDLE") or str(beside)
