"""The time control's requests, and the stream that tells every tab what happens."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from workbench.window.time_control import PACES, STRIDES
from workbench.window.window import Window

_EVERY = 0.15
_HEARTBEAT = 100
"""So many looks without news, and the stream says that it still lives."""


@dataclass(frozen=True, slots=True)
class TimePages:
    window: Window

    def routes(self) -> list[Route]:
        return [
            Route("/time", self.shown),
            Route("/time/step/{stride}", self.step, methods=["POST"]),
            Route("/time/play/{pace}", self.play, methods=["POST"]),
            Route("/time/stop", self.stop, methods=["POST"]),
            Route("/live", self.live),
            Route("/now", self.now),
        ]

    def shown(self, request: Request) -> Response:
        return self.window.look.page(request, "time.html")

    def now(self, _request: Request) -> Response:
        """For commands beside the window, whose own clock is another."""
        return PlainTextResponse(self.window.town.now().isoformat())

    def step(self, request: Request) -> Response:
        stride = request.path_params["stride"]
        if stride not in {*STRIDES, "next"}:
            return self.window.look.missing(request, "step")
        return self._answer(request, begun=self.window.time.step(stride))

    def play(self, request: Request) -> Response:
        pace = request.path_params["pace"]
        if pace not in PACES:
            return self.window.look.missing(request, "speed")
        return self._answer(request, begun=self.window.time.play(pace))

    def stop(self, request: Request) -> Response:
        self.window.time.stop()
        return self._answer(request, begun=True)

    def live(self, request: Request) -> Response:
        given = request.headers.get("last-event-id") or request.query_params.get("after", "0")
        after = int(given) if given.isascii() and given.isdecimal() else 0
        stream = self._news(after, request.app.state.closing)
        return StreamingResponse(stream, media_type="text/event-stream")

    def _answer(self, request: Request, *, begun: bool) -> Response:
        """The control as it stands now: as a fragment, or, without JavaScript, on its page."""
        if "hx-request" in request.headers:
            shown = self.window.look.page(request, "time.html")
            shown.status_code = 200 if begun else 409
            return shown
        return RedirectResponse(urlsplit(request.headers.get("referer", "/")).path or "/", 303)

    async def _news(self, after: int, closing: asyncio.Event) -> AsyncIterator[str]:
        told, quiet = "", 0
        while not closing.is_set():
            state, lines, after = await run_in_threadpool(self._look, after)
            if state != told:
                yield f"event: time\ndata: {state}\n\n"
            if lines:
                yield f"id: {after}\nevent: happened\ndata: {lines}\n\n"
            quiet = 0 if lines or state != told else quiet + 1
            told = state
            if quiet == _HEARTBEAT:
                quiet = 0
                yield ": still here\n\n"
            await asyncio.sleep(_EVERY)

    def _look(self, after: int) -> tuple[str, str, int]:
        """The clock's state and the news since, both as JSON, and the last line's number."""
        state = self.window.time.state()
        told = {
            "now": state.now.isoformat(),
            "doing": state.doing,
            "next": state.next_moment.isoformat() if state.next_moment else None,
            "problems": sorted(self.window.town.problems().items()),
            "failed": state.problem,
        }
        news = self.window.happenings.after(after)
        lines = [
            {"at": one.at.isoformat(), "client": one.client, "text": one.text, "lead": one.lead}
            for _, one in news
        ]
        return json.dumps(told), json.dumps(lines) if lines else "", news[-1][0] if news else after
