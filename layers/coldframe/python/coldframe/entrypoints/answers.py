"""HTTP answers: where to go next, small pages, and problems that machines can read."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

Response = dict[str, Any]

PRIVATE = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}


def answer(status: int, body: str, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {
        "statusCode": status,
        "headers": {**PRIVATE, **named},
        "body": body,
        "isBase64Encoded": False,
    }


def json_answer(status: int, content: Mapping[str, object]) -> Response:
    return answer(status, json.dumps(content), content_type="application/json")


def problem(status: int, title: str, **members: object) -> Response:
    """RFC 9457."""
    content = {"type": "about:blank", "title": title, "status": status, **members}
    return answer(status, json.dumps(content), content_type="application/problem+json")


def go_to(url: str, *, status: int) -> Response:
    """303 after a post, 302 for a link."""
    return answer(status, "", location=url)


def with_query(url: str, **added: str) -> str:
    parts = urlsplit(url)
    query = "&".join(filter(None, [parts.query, urlencode(added)]))
    return urlunsplit(parts._replace(query=query))
