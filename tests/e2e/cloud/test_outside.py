"""What journeys call outside is heard by the cloud itself, and nothing leaves the machine."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

from workbench.cloud.outside import Outside, OutsideCall

SCOPE: dict[str, Any] = {
    "type": "http",
    "path": "/outside/crm.example/leads",
    "query_string": b"from=us",
    "headers": [(b"Webhook-Id", b"m1")],
}


async def emulator(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})


def asked(outside: Outside, scope: dict[str, Any]) -> int:
    """The status that is answered."""
    told: list[dict[str, Any]] = []
    parts: list[dict[str, Any]] = [
        {"type": "http.request", "body": b'{"id":', "more_body": True},
        {"type": "http.request", "body": b'"m1"}'},
    ]

    async def receive() -> dict[str, Any]:
        return parts.pop(0)

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    with ThreadPoolExecutor(1) as beside_a_running_loop:  # a browser's, in this very process
        beside_a_running_loop.submit(asyncio.run, outside(scope, receive, send)).result()
    return int(told[0]["status"])


def test_a_call_is_heard_whole_with_the_address_it_was_meant_for() -> None:
    outside = Outside(emulator)

    assert asked(outside, SCOPE) == HTTPStatus.NO_CONTENT

    assert outside.calls == [
        OutsideCall("https://crm.example/leads?from=us", {"webhook-id": "m1"}, b'{"id":"m1"}')
    ]


def test_a_test_may_say_what_is_answered() -> None:
    outside = Outside(emulator, answer=lambda _call: HTTPStatus.GONE)

    assert asked(outside, SCOPE) == HTTPStatus.GONE


def test_everything_else_is_the_emulators() -> None:
    outside = Outside(emulator)

    assert asked(outside, {**SCOPE, "path": "/leads"}) == 418
    assert outside.calls == []
