"""Starts the zygote with the cloud, asks it for workers, and ends it with all it forked."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from workbench.cloud.sandbox.worker import Start

SOURCE = Path(__file__).resolve().parents[3]
BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from workbench.cloud.sandbox import forkserver; "
    "forkserver.serve(int(sys.argv[2]), sys.argv[3], sys.argv[4:])"
)


class Zygote:
    """One clean Python process that forks the workers of every function."""

    def __init__(self, preload: Sequence[str], folder: Path) -> None:
        self._control, theirs = socket.socketpair()
        self._asking = threading.Lock()
        control = theirs.fileno()
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and code
            [sys.executable, "-I", "-c", BOOT, str(SOURCE), str(control), str(folder), *preload],
            pass_fds=[control],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"},
        )
        theirs.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def fork(self, start: Start) -> tuple[int, socket.socket]:
        """A new worker: its process id, and the channel to it."""
        ours, theirs = socket.socketpair()
        with self._asking, theirs:
            socket.send_fds(self._control, [json.dumps(start).encode()], [theirs.fileno()])
            pid = int(self._control.recv(32) or b"0")
        if not pid:
            raise RuntimeError("the process that forks Lambda workers has ended")
        return pid, ours

    def stop(self) -> None:
        """End the whole process group; nothing of it outlives this call."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._control.close()
