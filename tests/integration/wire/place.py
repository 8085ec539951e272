"""A server on the loopback that stands for AWS: it keeps what it is asked, and answers by plan."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from zlib import crc32

from botocore.session import Session, get_session

from coldframe.adapters.botocore_clients import made
from coldframe.adapters.wire.clients import SERVICES, WireClient

KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI",
    "AWS_SESSION_TOKEN": "a-role's-token",
    "AWS_REGION": "eu-central-1",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
}


@dataclass(slots=True)
class Told:
    """An answer; ``hangs_up`` in its place, or after it and without saying so."""

    status: int = 200
    body: dict[str, Any] | str = field(default_factory=dict)
    error: str = ""
    checksum: int | None = None
    hangs_up: bool = False
    leaves: bool = False


@dataclass(slots=True)
class Asked:
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def told(self) -> Any:
        return json.loads(self.body)


class Place(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[Asked] = []
        self.plan: list[Told] = []
        self.left = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    server: Place
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        port = self.client_address[1]
        self.server.asked.append(Asked(self.path, headers, body, port))
        told = self.server.plan.pop(0) if self.server.plan else Told()
        if not told.hangs_up:
            self._answer(told)
        self.close_connection = told.hangs_up or told.leaves
        if told.leaves:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.server.left.set()

    def _answer(self, told: Told) -> None:
        body = (told.body if isinstance(told.body, str) else json.dumps(told.body)).encode()
        self.send_response(told.status)
        self.send_header("content-type", "application/x-amz-json-1.0")
        self.send_header("content-length", str(len(body)))
        summed = crc32(body) if told.checksum is None else told.checksum
        self.send_header("x-amz-crc32", str(summed))
        if told.error:
            self.send_header("x-amzn-errortype", told.error)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def a_place() -> Iterator[Place]:
    place = Place()
    thread = threading.Thread(target=place.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield place
    finally:
        place.shutdown()
        place.server_close()
        thread.join(5)


def wired(service: str, place: Place) -> Any:
    environ = {**KEYS, "AWS_ENDPOINT_URL": place.url}
    return WireClient(SERVICES[service], environ, lambda: None)


def botocores(service: str, place: Place, monkeypatch: Any) -> Any:
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": place.url}.items():
        monkeypatch.setenv(name, value)
    return made(service, one_session())


@cache
def one_session() -> Session:
    """It keeps what it has read of botocore's data."""
    return get_session()
