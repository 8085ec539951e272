"""The window on the local cloud: pages that show it, and the few requests that move it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from workbench.local.town import Town
from workbench.window.happenings import Marking
from workbench.window.lead_pages import LeadPages
from workbench.window.mail_pages import MailPages
from workbench.window.overview import Overview
from workbench.window.security import HOSTS, Guard
from workbench.window.serving import Served, serve
from workbench.window.site_pages import SitePages
from workbench.window.time_pages import TimePages
from workbench.window.window import Window, open_window

__all__ = ["Served", "create_app", "serve"]

_STATIC = Path(__file__).parent / "static"


def create_app(town: Town) -> Starlette:
    window = open_window(town)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        window.time.close()

    app = Starlette(
        routes=[
            *Overview(window).routes(),
            *MailPages(window).routes(),
            *LeadPages(window).routes(),
            *SitePages(window).routes(),
            *TimePages(window).routes(),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[
            Middleware(Guard),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False),
            Middleware(Marking, window.happenings),
        ],
        exception_handlers={404: _missing(window)},
        lifespan=lifespan,
    )
    app.state.closing = asyncio.Event()
    return app


def _missing(window: Window) -> Callable[[Request, Exception], Response]:
    def missing(request: Request, _error: Exception) -> Response:
        return window.look.missing(request, "page")

    return missing
