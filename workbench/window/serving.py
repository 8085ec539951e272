"""Serves the window on the loopback, on a thread of its own, until it is stopped."""

import asyncio
import socket
import threading

from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.config import Config
from starlette.applications import Starlette

LOOPBACK = "127.0.0.1"


class Served:
    """A window that answers at ``url``; ``stop`` returns when nothing of it is left."""

    def __init__(self, app: Starlette, port: int) -> None:
        self._app = app
        self._socket = socket.create_server((LOOPBACK, port), backlog=128)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{LOOPBACK}:{self.port}"
        self._loop = asyncio.new_event_loop()
        self._enough = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="window", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._finish)
            self._thread.join()

    def _finish(self) -> None:
        """Live streams end first: a server that closes waits for whoever still listens."""
        self._app.state.closing.set()
        self._enough.set()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        config = Config()
        config.bind = [f"fd://{self._socket.detach()}"]
        config.loglevel = "ERROR"
        config.graceful_timeout = 1
        await hypercorn_serve(self._app, config, shutdown_trigger=self._enough.wait)  # type: ignore[arg-type]  # hypercorn types scopes as TypedDicts


def serve(app: Starlette, port: int = 0) -> Served:
    """Port 0 takes any free one."""
    return Served(app, port)
