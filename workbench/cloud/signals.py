"""Lets a cloud end well when its process is told to end."""

from __future__ import annotations

import atexit
import signal
import threading
from collections.abc import Callable
from types import FrameType


def end_with_process(stop: Callable[[], None]) -> Callable[[], None]:
    """Stop at exit, and on a SIGTERM that nobody else handles; answers how to undo this."""
    atexit.register(stop)
    main = threading.current_thread() is threading.main_thread()
    took = main and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if took:
        signal.signal(signal.SIGTERM, _exit)

    def undo() -> None:
        atexit.unregister(stop)
        if took and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, signal.SIG_DFL)

    return undo


def _exit(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
