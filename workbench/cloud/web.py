"""A browser for URLs as they stand in mails: it reaches the deployed API, and follows nothing."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from workbench.cloud.server import LOOPBACK

API_HOST = re.compile(r"^(?P<api>[0-9a-z]{8,10})\.execute-api\.")
SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; a repeated header keeps every value."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def header_values(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class UnknownHost(ValueError):
    """The URL leads out of this cloud."""


class Web:
    """Sends requests to the emulator's API Gateway, whatever the API's host is called."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.domains: dict[str, str] = {}
        """Custom domains and the id of the API each stands for."""

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | str | None = None,
    ) -> Reply:
        """One request; redirects are answers like any other."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = http.client.HTTPConnection(LOOPBACK, self._port, timeout=SECONDS)
        try:
            content = body.encode() if isinstance(body, str) else body
            sent = {"Host": self._host(parts.hostname or ""), **(headers or {})}
            connection.request(method, path, content, sent)
            answer = connection.getresponse()
            return Reply(answer.status, tuple(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def _host(self, host: str) -> str:
        if found := API_HOST.match(host):
            return f"{found['api']}.execute-api.localhost:{self._port}"
        if host in self.domains:
            return f"{self.domains[host]}.execute-api.localhost:{self._port}"
        if host in ("localhost", LOOPBACK):
            return f"{host}:{self._port}"
        raise UnknownHost(f"{host!r} is no API of this cloud; name it in `domains`")
