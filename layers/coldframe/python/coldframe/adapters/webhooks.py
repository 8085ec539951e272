"""Calls to other services over HTTPS: signed, answered in seconds, never redirected."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from coldframe.domain.errors import MailRefused, Throttled, Transient
from coldframe.domain.webhook import Call, signed_headers

if TYPE_CHECKING:
    from urllib3 import PoolManager

SECONDS: Final = 10
LONGEST_ANSWER: Final = 2048
REFUSED: Final = "webhook_refused"
NOT_HTTPS: Final = "webhook_not_https"
LATER: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY})


@dataclass(slots=True)
class HttpsWebhooks:
    key: Callable[[], bytes]
    now: Callable[[], datetime]
    stand_in: str = ""
    """On a developer's machine: takes every call, under a path that names its address."""
    _pool: "PoolManager | None" = field(default=None, init=False)

    def send(self, call: Call, /) -> str:
        """The id is ours: the other side needn't give one. What it answers is not looked at."""
        import urllib3

        if not call.url.startswith("https://"):
            raise MailRefused(NOT_HTTPS)
        headers = signed_headers(call, self._key(), now=self.now())
        self._pool = self._pool or urllib3.PoolManager(retries=False, timeout=SECONDS)
        try:
            answer: Any = self._pool.request(
                "POST",
                self._address(call),
                body=call.body.encode(),
                headers=headers,
                redirect=False,
                preload_content=False,
            )
        except urllib3.exceptions.HTTPError as error:
            raise Transient(type(error).__name__) from None
        try:
            answer.read(LONGEST_ANSWER)
        except urllib3.exceptions.HTTPError as error:
            raise Transient(type(error).__name__) from None
        finally:
            answer.release_conn()
        return _judged(answer.status, call)

    def _key(self) -> bytes:
        """A step that calls knows no *not yet*: it tries again as after any passing fault."""
        try:
            return self.key()
        except Throttled as error:
            raise Transient(str(error)) from error

    def _address(self, call: Call) -> str:
        return f"{self.stand_in}/{call.url.removeprefix('https://')}" if self.stand_in else call.url


def _judged(status: int, call: Call) -> str:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return call.id
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise Transient("HTTP 429")
    if status in LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Transient(f"HTTP {status}")
    raise MailRefused(f"{REFUSED}_{status}")
