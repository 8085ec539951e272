"""A service of AWS that is asked in JSON: signed, sent, tried again, and its refusals told."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from random import random
from time import sleep
from typing import Any, Final
from zlib import crc32

from coldframe.adapters.aws_faults import AwsRefusal, Unanswered, Unreachable
from coldframe.adapters.wire.answers import Answer
from coldframe.adapters.wire.connections import Connections
from coldframe.adapters.wire.signing import Signer

USER_AGENT: Final = "coldframe"
AGAIN: Final = frozenset(
    {
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "RequestTimeout",
        "RequestTimeoutException",
        "SlowDown",
        "Throttling",
        "ThrottledException",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)
"""Refusals in passing; so are the statuses of a server that is in trouble."""
IN_TROUBLE: Final = frozenset({500, 502, 503, 504})
PAUSE: Final = 0.1
"""Seconds, at most, before the first of the repeats; before the next twice that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonService:
    """``attempts``: 1 for what must never be sent twice."""

    connections: Connections
    signer: Signer
    content_type: str
    attempts: int
    rest: Callable[[float], None] = sleep

    def __call__(
        self, operation: str, asked: Mapping[str, Any], *, path: str = "/", target: str = ""
    ) -> dict[str, Any]:
        """AwsRefusal, Unreachable or Unanswered, when the last attempt came to that."""
        body = json.dumps(asked, separators=(",", ":"), default=_bytes).encode()
        for attempt in range(1, self.attempts):
            try:
                return self._once(operation, path, body, target)
            except (Unreachable, Unanswered):
                pass
            except AwsRefusal as refusal:
                if not _in_passing(refusal):
                    raise
            self.rest(random() * PAUSE * 2**attempt)  # noqa: S311 - spreads repeats, no secret
        return self._once(operation, path, body, target)

    def _once(self, operation: str, path: str, body: bytes, target: str) -> dict[str, Any]:
        headers = {"content-type": self.content_type, "host": self.connections.host}
        if target:
            headers["x-amz-target"] = f"{target}.{operation}"
        signed = self.signer.signed(path, body, headers)
        answer = self.connections.post(path, body, {**signed, "user-agent": USER_AGENT})
        told = _read(answer)
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise AwsRefusal(_refused(answer, told), operation)
        return told


def _bytes(value: object) -> str:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _read(answer: Answer) -> dict[str, Any]:
    """DynamoDB tells a checksum; of a server in trouble any words will do."""
    summed = answer.headers.get("x-amz-crc32")
    if summed and summed.strip() != str(crc32(answer.body)):
        raise Unanswered("ChecksumMismatch")
    try:
        told = json.loads(answer.body or b"{}")
    except ValueError as error:
        if answer.status < HTTPStatus.MULTIPLE_CHOICES:
            raise Unanswered("NoJson") from error
        return {}
    if isinstance(told, dict):
        return told
    if answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise Unanswered("NoObject")
    return {}


def _refused(answer: Answer, told: dict[str, Any]) -> dict[str, Any]:
    """The code stands in a header or in the body, among other words."""
    stated = answer.headers.get("x-amzn-errortype") or told.get("__type") or told.get("code")
    code = str(stated or answer.status).partition(":")[0].rpartition("#")[2]
    message = told.get("message", told.get("Message", ""))
    return {
        **told,
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": answer.status},
    }


def _in_passing(refusal: AwsRefusal) -> bool:
    status = refusal.response["ResponseMetadata"]["HTTPStatusCode"]
    return refusal.response["Error"]["Code"] in AGAIN or status in IN_TROUBLE
