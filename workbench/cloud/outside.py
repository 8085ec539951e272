"""The services that journeys call, in one: all is heard here, and answered as a test says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from workbench.cloud.server import Application, Receive, Scope, Send

PREFIX = "/outside/"
SETTING = "COLDFRAME_STAND_IN"
"""The variable that tells functions where the calls of journeys go instead."""


@dataclass(frozen=True, slots=True)
class OutsideCall:
    """``url``: where it would have gone; header names are in lower case."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Outside:
    inner: Application
    calls: list[OutsideCall] = field(default_factory=list)
    answer: Callable[[OutsideCall], int] = lambda _call: HTTPStatus.NO_CONTENT

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.inner(scope, receive, send)
            return
        query = scope["query_string"].decode()
        address = scope["path"].removeprefix(PREFIX) + (f"?{query}" if query else "")
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        call = OutsideCall(f"https://{address}", headers, await _body(receive))
        self.calls.append(call)
        await send({"type": "http.response.start", "status": int(self.answer(call)), "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def _body(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)
