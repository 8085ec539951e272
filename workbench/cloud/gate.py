"""Every request to the emulator passes here: counted while it runs, metered, and open to faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.activity import Activity
from workbench.cloud.server import Receive, Scope, Send

OWN_CALLS = "coldframe-workbench"
"""Marks the calls of tests and tools in their user agent, so that they are billed to nobody."""

LOST_ANSWER = "x-local-cloud-lost-answer"
"""A response with this header is cut off: the request was carried out, its caller never hears."""
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Request:
    """What a meter or a fault may know about a request."""

    method: str
    path: str
    headers: dict[str, str]
    form: bytes = b""
    """The body of a call of the old query protocol, which names its operation there."""

    @property
    def own(self) -> bool:
        return OWN_CALLS in self.headers.get("user-agent", "")


class Gate:
    """The ASGI application the server serves."""

    def __init__(self, activity: Activity) -> None:
        self._activity = activity
        self.taps: list[Callable[[Request], None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request, receive = await read_request(scope, receive)
        for tap in self.taps:
            tap(request)
        with self._activity.work(f"{request.method} {request.path}"):
            await em.app.app(scope, receive, _losing(send))


async def read_request(scope: Scope, receive: Receive) -> tuple[Request, Receive]:
    """The request, and where its body is still to be read from."""
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }
    form = b""
    if headers.get("content-type", "").startswith(FORM) and "authorization" in headers:
        form, receive = await _peeked(receive)
    return Request(scope["method"], scope["path"], headers, form), receive


async def _peeked(receive: Receive) -> tuple[bytes, Receive]:
    """The whole body, and a `receive` that gives it out once more."""
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())
    body = b"".join(message.get("body", b"") for message in messages)

    async def again() -> dict[str, Any]:
        return messages.pop(0) if messages else await receive()

    return body, again


def _losing(send: Send) -> Send:
    """Cut the connection in the middle of a response that is to be lost."""
    lost = False

    async def forward(message: dict[str, Any]) -> None:
        nonlocal lost
        if message["type"] == "http.response.start":
            names = {name.lower() for name, _ in message["headers"]}
            if LOST_ANSWER.encode() in names:
                lost = True
                await send({**message, "headers": [(b"content-length", b"1000000")]})
                return
        if not lost:
            await send(message)

    return forward
