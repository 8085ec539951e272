"""The emulator's HTTP side: one hypercorn in a thread, on the loopback only."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import asyncio
import concurrent.futures
import socket
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config

from workbench.cloud import emulated as em

LOOPBACK = "127.0.0.1"
WORKER_THREADS = 64

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Server:
    """Serves an ASGI application until it is stopped."""

    def __init__(self, application: Application, port: int = 0) -> None:
        self._application = application
        self._socket = socket.create_server((LOOPBACK, port), backlog=256)
        self.port: int = self._socket.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._enough: asyncio.Event | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="local-cloud-http", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        if self._thread.is_alive() and self._enough is not None:
            self._loop.call_soon_threadsafe(self._enough.set)
            self._thread.join()
        em.app._MAIN_LOOP = None

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        pool = concurrent.futures.ThreadPoolExecutor(WORKER_THREADS, "local-cloud-http")
        self._loop.set_default_executor(pool)
        em.app._MAIN_LOOP = self._loop
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._ready.set()
            pool.shutdown(wait=False, cancel_futures=True)
            self._loop.close()

    async def _serve(self) -> None:
        config = Config()
        config.bind = [f"fd://{self._socket.detach()}"]
        config.loglevel = "ERROR"
        config.keep_alive_timeout = 75
        config.graceful_timeout = 0.2
        self._enough = asyncio.Event()
        await serve(self._lifespan, config, shutdown_trigger=self._enough.wait)  # type: ignore[arg-type]  # hypercorn types scopes as TypedDicts

    async def _lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the server's own life events; the emulator's would start what we replace."""
        if scope["type"] != "lifespan":
            await self._application(scope, receive, send)
            return
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
            self._ready.set()
        await send({"type": "lifespan.shutdown.complete"})
