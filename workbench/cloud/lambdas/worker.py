"""The host's end of one worker: invoke it, time it, read its log, end it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.cloud.sandbox import wire

INIT_SECONDS = 60.0
"""Lambda gives ten; a busy laptop may need longer, and nobody bills it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an invocation ended: a result as JSON text, or Lambda's error object."""

    result: str | None
    error: dict[str, Any] | None
    log: str
    reusable: bool


class Worker:
    """One forked process that serves one invocation at a time."""

    def __init__(self, pid: int, channel: socket.socket, log: Path) -> None:
        self.pid = pid
        self._channel = channel
        self._log = log
        self._log_read = 0
        self._ready = False

    def invoke(self, invocation: dict[str, Any]) -> Outcome:
        """Run the handler; a worker that timed out or died is of no further use."""
        seconds = invocation["seconds"]
        try:
            if (failed := self._initialise()) is not None:
                return Outcome(None, failed, self.fresh_log(), reusable=False)
            answer = self._ask(invocation, seconds)
        except TimeoutError:
            text = f"Task timed out after {seconds:.2f} seconds"
            return self._lost("Sandbox.Timedout", text, invocation)
        except (wire.Closed, OSError):
            return self._lost("Runtime.ExitError", "Runtime exited", invocation)
        return Outcome(answer.get("result"), answer.get("error"), self.fresh_log(), reusable=True)

    def kill(self) -> None:
        self._channel.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def fresh_log(self) -> str:
        """What was written to the log since the last look."""
        try:
            with self._log.open("rb") as file:
                file.seek(self._log_read)
                text = file.read()
        except FileNotFoundError:
            return ""
        self._log_read += len(text)
        return text.decode("utf-8", "replace")

    def _initialise(self) -> dict[str, Any] | None:
        if self._ready:
            return None
        self._channel.settimeout(INIT_SECONDS)
        answer = wire.read(self._channel)
        self._ready = "ready" in answer
        return answer.get("failed")

    def _ask(self, invocation: dict[str, Any], seconds: float) -> dict[str, Any]:
        self._channel.settimeout(seconds)
        wire.write(self._channel, invocation)
        return wire.read(self._channel)

    def _lost(self, kind: str, text: str, invocation: dict[str, Any]) -> Outcome:
        self.kill()
        message = f"RequestId: {invocation['request_id']} Error: {text}"
        error = {"errorType": kind, "errorMessage": message}
        return Outcome(None, error, self.fresh_log(), reusable=False)
