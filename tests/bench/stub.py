"""AWS on the loopback: TLS, HTTP/1.1 with kept connections, and an answer at once."""

import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zlib import crc32

from tests.bench.answers import Answers
from tests.bench.certificate import LOOPBACK

BY_PATH = (("/v2/email", "SendEmail"), ("/2015-03-31/functions", "Invoke"))


class Stub:
    """One stub for all children of a run; its thread ends with it."""

    def __init__(self, certificate: Path) -> None:
        self.answers = Answers()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server = _Server((LOOPBACK, 0), _handler_for(self), context)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def url(self) -> str:
        return f"https://{LOOPBACK}:{self._server.server_port}"

    def forget(self) -> None:
        self.answers = Answers()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self,
        address: tuple[str, int],
        handler: type[BaseHTTPRequestHandler],
        context: ssl.SSLContext,
    ) -> None:
        self._context = context
        super().__init__(address, handler)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """The handshake belongs to the connection's own thread."""
        with self._context.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A child that ended without goodbye is no news."""


def _handler_for(stub: Stub) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        stub_of = stub

    return Handler


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    stub_of: Stub

    def do_POST(self) -> None:
        held = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = json.loads(held) if held[:1] == b"{" else {}
        self._answer(self.stub_of.answers(self._operation(), asked))

    def do_GET(self) -> None:
        self.do_POST()

    def do_PUT(self) -> None:
        self.do_POST()

    def _operation(self) -> str:
        if target := self.headers.get("X-Amz-Target"):
            return target.rpartition(".")[2]
        if self.path.startswith("/schedules"):
            return "GetSchedule" if self.command == "GET" else "UpdateSchedule"
        return next((name for path, name in BY_PATH if self.path.startswith(path)), "")

    def _answer(self, content: object) -> None:
        body = json.dumps(content).encode()
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\n"
            f"Content-Length: {len(body)}\r\nx-amz-crc32: {crc32(body)}\r\n"
            "x-amzn-RequestId: 0123456789\r\n\r\n"
        )
        self.wfile.write(head.encode() + body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Quiet."""
