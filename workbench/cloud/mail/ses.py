"""The hook on SES's SendEmail: keeps every mail, and lets tests make SES misbehave."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from enum import Enum
from http import HTTPStatus
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.clock import VirtualClock
from workbench.cloud.gate import LOST_ANSWER
from workbench.cloud.hooks import Hooks
from workbench.cloud.mail.message import Message, read_request
from workbench.cloud.mail.post import Post

Record = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]
TAG = re.compile(r"^[A-Za-z0-9_.@-]{1,256}$")


class Fault(Enum):
    """How SES may fail a request."""

    THROTTLED = "throttled"
    DAILY_QUOTA = "daily quota"
    BROKEN = "broken"
    LOST_ANSWER = "lost answer"


Faults = Callable[[Message], Fault | None]
"""Asked about every mail before it is sent; None lets it pass."""

REFUSALS = {
    Fault.THROTTLED: (429, "TooManyRequestsException", "Maximum sending rate exceeded."),
    Fault.DAILY_QUOTA: (429, "TooManyRequestsException", "Daily message quota exceeded."),
    Fault.BROKEN: (500, "InternalServiceErrorException", "Internal failure."),
}


class SendEmail:
    """Stands around the emulator's SES v2."""

    def __init__(self, clock: VirtualClock, post: Post) -> None:
        self._clock = clock
        self._post = post
        self.faults: Faults = lambda _message: None
        self.suppressed: list[Record] = []
        """What SES's own list answers, as its summaries have it."""

    def install(self, hooks: Hooks) -> None:
        self._original = hooks.replace(
            em.ses_v2, "handle_request", self.handle, anchor="cab4023919ec"
        )

    async def handle(
        self, method: str, path: str, headers: dict[str, str], body: bytes, query: Record
    ) -> Any:
        if method == "GET" and path.endswith("/suppression/addresses"):
            return em.responses.json_response({"SuppressedDestinationSummaries": self.suppressed})
        if method != "POST" or not path.endswith("/outbound-emails"):
            return await self._original(method, path, headers, body, query)
        self._post.requests += 1
        data = json.loads(body)
        if (refusal := _refusal(data)) is not None:
            return refusal
        message = self._message(data, headers)
        fault = self.faults(message)
        if fault in REFUSALS:
            status, code, text = REFUSALS[fault]
            return em.responses.error_response_json(code, text, status)
        answer = await self._original(method, path, headers, body, query)
        if answer[0] != HTTPStatus.OK:
            return answer
        self._post.accept(message)
        status, extra, content = em.responses.json_response({"MessageId": message.id})
        return status, {**extra, **({LOST_ANSWER: "1"} if fault else {})}, content

    def _message(self, data: Record, headers: dict[str, str]) -> Message:
        return read_request(
            data,
            id=f"0100{int(self._clock.time() * 1000):012x}-{uuid.uuid4()}-000000",
            at=self._clock.now(),
            account=em.responses.get_account_id(),
            region=em.responses.get_region(),
            caller=_caller(headers),
        )


def _refusal(data: Record) -> Any:
    """What SES checks and the emulator does not."""
    name = data.get("ConfigurationSetName")
    if name and em.ses_v2._config_sets.get(name) is None:
        text = f"Configuration set <{name}> does not exist."
        return em.responses.error_response_json("NotFoundException", text, 404)
    for tag in data.get("EmailTags") or []:
        for part in (tag.get("Name", ""), tag.get("Value", "")):
            if not TAG.match(part):
                text = f"Invalid tag value <{part}>: only alphanumeric ASCII, _ - . @ are allowed."
                return em.responses.error_response_json("BadRequestException", text, 400)
    return None


def _caller(headers: dict[str, str]) -> str:
    found = re.search(r"Credential=([^/,]+)", headers.get("authorization", ""))
    session = em.sts._sessions.get(found[1]) if found else None
    return str(session["Arn"]).rsplit("/", 1)[-1] if session else "local"
