"""The zygote: a clean, single-threaded Python that forks one worker per request for one."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import socket
import sys
import sysconfig
from typing import NoReturn

from workbench.cloud.sandbox.worker import Start, work

KEPT = ("workbench",)


def serve(control_fd: int, folder: str, preload: list[str]) -> NoReturn:
    """Fork a worker for every request on the control socket.

    When it closes the cloud is gone: the workers end, and its folder of files with them.
    """
    control = socket.socket(fileno=control_fd)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, lambda *_: _reap())
    _forget_where_we_come_from()
    for name in preload:
        importlib.import_module(name)
    while True:
        text, fds, *_ = socket.recv_fds(control, 1 << 20, 1)
        if not text:
            shutil.rmtree(folder, ignore_errors=True)
            os.killpg(0, signal.SIGKILL)
        pid = os.fork()
        if pid == 0:
            _become_worker(control, fds[0], json.loads(text))
        os.close(fds[0])
        control.sendall(f"{pid}\n".encode())


def _become_worker(control: socket.socket, channel_fd: int, start: Start) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    control.close()
    try:
        work(socket.socket(fileno=channel_fd), start)
    finally:
        os._exit(0)


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _forget_where_we_come_from() -> None:
    """Leave only the interpreter's own folders to import from, and none of our modules."""
    own = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    own |= {f"{folder}/lib-dynload" for folder in tuple(own)}
    sys.path[:] = [folder for folder in sys.path if folder in own or folder.endswith(".zip")]
    for name in [name for name in sys.modules if name.split(".")[0] in KEPT]:
        del sys.modules[name]
