"""Connections to one place, kept open between calls; each request goes out once."""

import socket
import ssl
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from os import environ
from pathlib import Path
from select import select
from time import time
from typing import BinaryIO
from urllib.parse import urlsplit

from coldframe.adapters.aws_faults import Unanswered, Unreachable, Unusable
from coldframe.adapters.wire.answers import Answer, Garbled, read_answer

PORTS = {"https": 443, "http": 80}


@dataclass(slots=True)
class Line:
    """An open connection; ``used`` is when it was last."""

    socket: socket.socket
    heard: BinaryIO
    used: float = 0.0

    def is_fresh(self, kept_for: float) -> bool:
        """Still open, as far as can be told: who closed it has made it readable."""
        return time() - self.used < kept_for and not select([self.socket], [], [], 0)[0]

    def close(self) -> None:
        self.heard.close()
        self.socket.close()


@dataclass(slots=True, kw_only=True)
class Connections:
    url: str
    connect_timeout: float
    read_timeout: float
    kept_for: float
    """Seconds that a connection may rest: a container that slept wouldn't know it was closed."""
    host: str = field(init=False)
    """As it is signed: with the port, if that isn't the usual one."""
    _idle: list[Line] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.host = urlsplit(self.url).netloc

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Unreachable (or Unusable), if it surely wasn't sent; Unanswered, if it perhaps was.

        The headers are ours alone: what a lead typed is in the body.
        """
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"POST {path} HTTP/1.1\r\n{told}content-length: {len(body)}\r\n\r\n"
        line = self._fresh() or self._new()
        try:
            line.socket.sendall(head.encode("latin-1") + body)
            answer = read_answer(line.heard)
        except (OSError, Garbled) as error:
            line.close()
            raise Unanswered(type(error).__name__) from error
        if answer.is_last:
            line.close()
        else:
            line.used = time()
            self._idle.append(line)
        return answer

    def _fresh(self) -> Line | None:
        while self._idle:
            line = self._idle.pop()
            if line.is_fresh(self.kept_for):
                return line
            line.close()
        return None

    def _new(self) -> Line:
        try:
            opened = self._opened()
        except (FileNotFoundError, ssl.SSLCertVerificationError) as error:
            raise Unusable(type(error).__name__) from error
        except OSError as error:
            raise Unreachable(type(error).__name__) from error
        opened.settimeout(self.read_timeout)
        return Line(opened, opened.makefile("rb"))

    def _opened(self) -> socket.socket:
        place = urlsplit(self.url)
        host, port = place.hostname or "", place.port or PORTS[place.scheme]
        opened = socket.create_connection((host, port), self.connect_timeout)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if place.scheme != "https":
            return opened
        try:
            return _trusting(_roots()).wrap_socket(opened, server_hostname=host)
        except OSError:
            opened.close()
            raise


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
