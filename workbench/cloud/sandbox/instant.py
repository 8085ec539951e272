"""The virtual instant as handlers see it: one hook, on the application's own clock."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime

CLOCK_MODULE, CLOCK_CLASS = "coldframe.adapters.clock", "SystemClock"


class ClockMoved(RuntimeError):
    """The application's clock is not where the hook expects it."""


class Instant:
    """Stands still while a handler runs, but for what it sleeps."""

    def __init__(self) -> None:
        self._epoch = 0.0

    def set(self, epoch: float) -> None:
        self._epoch = epoch

    def now(self) -> datetime:
        """To the millisecond, as the application's own clock tells it."""
        return datetime.fromtimestamp(int(self._epoch * 1000) / 1000, UTC)

    def sleep(self, seconds: float) -> None:
        """Nobody waits for it: only this handler finds it later."""
        self._epoch += max(0.0, seconds)

    def take_over(self) -> None:
        """Make the application's clock tell this instant, if the function ships one."""
        try:
            module = importlib.import_module(CLOCK_MODULE)
        except ModuleNotFoundError as absent:
            if absent.name and CLOCK_MODULE.startswith(absent.name):
                return
            raise
        clock = getattr(module, CLOCK_CLASS, None)
        if not all(callable(getattr(clock, name, None)) for name in ("now", "sleep")):
            raise ClockMoved(f"coldframe changed: re-check {CLOCK_MODULE}.{CLOCK_CLASS}")
        clock.now = lambda _self: self.now()  # type: ignore[union-attr]  # checked just above
        clock.sleep = lambda _self, seconds: self.sleep(seconds)  # type: ignore[union-attr]
