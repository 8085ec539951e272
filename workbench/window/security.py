"""What keeps other pages out: the host's name, the origin of posts, and strict headers."""

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ("127.0.0.1", "localhost")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "img-src data: http: https:; style-src 'unsafe-inline'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
"""Nothing in a mail may run, post or load but pictures; its links open in a tab of their own."""
SITE_POLICY = (
    "sandbox allow-forms allow-scripts allow-popups allow-popups-to-escape-sandbox; "
    "form-action *; frame-ancestors 'none'"
)
"""A client's own pages may do as they like, but not in the name of the workbench's origin."""

_HEADERS: Mapping[str, str] = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """Refuses posts from other origins, and gives every answer the headers it lacks.

    A browser says where a post comes from (`Sec-Fetch-Site`, or `Origin` where it is older); what
    says neither is no browser, and forges nothing in anybody's name. The landing pages' forms are
    open to all, as they are on the web.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        app = self._app if _is_ours(scope) else PlainTextResponse("Not from here.", 403)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await app(scope, receive, guarded)


def _is_ours(scope: Scope) -> bool:
    if scope["method"] in _SAFE or _is_landing_form(scope["path"]):
        return True
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is None or origin == f"{scope['scheme']}://{headers.get('host', '')}"


def _is_landing_form(path: str) -> bool:
    parts = path.strip("/").split("/")
    return len(parts) == 4 and parts[0] == "site" and parts[2] == "forms"  # noqa: PLR2004  # site/<client>/forms/<form>
