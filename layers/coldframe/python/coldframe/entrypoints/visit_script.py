"""The script that a client's pages embed, as a browser may keep it for an hour."""

import gzip
from hashlib import sha256
from pathlib import Path

from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.http import NotFound, Request

SCRIPT = "visits.js"
KEPT = "public, max-age=3600, stale-while-revalidate=86400"


def script(request: Request, place: Path) -> Response:
    """NotFound where the client's pages tell us nothing."""
    try:
        text = (place / SCRIPT).read_bytes()
    except FileNotFoundError as error:
        raise NotFound("This client's pages carry no script.") from error
    tag = f'"{sha256(text).hexdigest()[:16]}"'
    headers = {
        "content-type": "text/javascript; charset=utf-8",
        "cache-control": KEPT,
        "etag": tag,
        "vary": "accept-encoding",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "cross-origin",
    }
    if request.headers.get("if-none-match") == tag:
        return {"statusCode": 304, "headers": headers, "body": ""}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return {"statusCode": 200, "headers": headers, "body": text.decode()}
    return _packed(text, headers)


def _packed(text: bytes, headers: dict[str, str]) -> Response:
    from base64 import b64encode

    body = b64encode(gzip.compress(text, mtime=0)).decode()
    packed = {**headers, "content-encoding": "gzip"}
    return {"statusCode": 200, "headers": packed, "body": body, "isBase64Encoded": True}
