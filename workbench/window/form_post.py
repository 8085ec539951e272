"""Passes a form's post on to a client's real API, byte for byte, and brings back the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

_PATIENCE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    type: str
    body: bytes
    location: str = ""
    policy: str = ""


def post(url: str, body: bytes, content_type: str) -> Answer:
    return ask("POST", url, body, {"content-type": content_type, "accept": "text/html"})


def ask(method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Redirects are not followed; an API that can't be reached answers 502."""
    target = urlsplit(url)
    host = target.hostname or ""
    # Browsers know that everything under .localhost is this machine; resolvers may not.
    nearby = "127.0.0.1" if host.endswith(".localhost") else host
    connection = HTTPConnection(nearby, target.port, timeout=_PATIENCE)
    try:
        path = f"{target.path}?{target.query}" if target.query else target.path
        connection.request(method, path, body, {"host": target.netloc, **headers})
        got = connection.getresponse()
        return Answer(
            status=got.status,
            type=got.headers.get("content-type", "text/plain"),
            body=got.read(),
            location=got.headers.get("location", ""),
            policy=got.headers.get("content-security-policy", ""),
        )
    except (OSError, HTTPException) as error:
        told = f"The client's API did not answer ({type(error).__name__}). Is it still starting?"
        return Answer(status=502, type="text/plain; charset=utf-8", body=told.encode())
    finally:
        connection.close()
