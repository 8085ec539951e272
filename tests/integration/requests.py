"""HTTP events as API Gateway sends them, in its payload format 2.0."""

from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

URLENCODED = "application/x-www-form-urlencoded"


def request(
    method: str,
    route: str,
    *,
    path: dict[str, str] | None = None,
    body: bytes | str | None = None,
    **headers: str,
) -> dict[str, Any]:
    """Bodies that are bytes come base64-encoded, as forms do."""
    encoded = isinstance(body, bytes)
    return {
        "version": "2.0",
        "routeKey": f"{method} {route}",
        "rawPath": route.format(**(path or {})),
        "rawQueryString": "",
        "headers": {name.replace("_", "-"): value for name, value in headers.items()},
        "pathParameters": path or {},
        "requestContext": {
            "http": {"method": method, "path": route, "sourceIp": "192.0.2.7"},
            "requestId": "JKJaXmPLvHcESHA=",
            "stage": "$default",
        },
        "body": b64encode(body).decode() if isinstance(body, bytes) else body,
        "isBase64Encoded": encoded,
    }


def form_post(
    fields: dict[str, str] | None = None,
    *,
    form: str = "cake-guide",
    body: bytes | str | None = None,
    content_type: str = URLENCODED,
) -> dict[str, Any]:
    if body is None:
        body = urlencode(ADA if fields is None else fields).encode()
    path = {"form": form}
    return request("POST", "/forms/{form}", path=path, body=body, content_type=content_type)


ADA = {"email": "ada@example.com", "first_name": "Ada", "letters": "yes"}
