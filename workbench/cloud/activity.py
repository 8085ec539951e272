"""What is in flight right now: the count that `settle` waits for."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Unsettled(TimeoutError):
    """The cloud was still working when the caller's patience ended."""


class Activity:
    """Pieces of work between their begin and their end, by what they are."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running: Counter[str] = Counter()
        self._begun = 0

    def begin(self, what: str) -> None:
        with self._changed:
            self._running[what] += 1
            self._begun += 1

    def end(self, what: str) -> None:
        with self._changed:
            self._running[what] -= 1
            if not self._running[what]:
                del self._running[what]
            if not self._running:
                self._changed.notify_all()

    @contextmanager
    def work(self, what: str) -> Iterator[None]:
        self.begin(what)
        try:
            yield
        finally:
            self.end(what)

    def wait_idle(self, give_up: float) -> int:
        """Wait until nothing runs; answers a mark for `unchanged`. `give_up` is monotonic time."""
        with self._changed:
            while self._running:
                if not self._changed.wait(max(0.0, give_up - time.monotonic())):
                    raise Unsettled(f"still in flight: {self._described()}")
            return self._begun

    def unchanged(self, mark: int) -> bool:
        """Whether nothing has begun since `mark` was taken."""
        with self._changed:
            return self._begun == mark and not self._running

    def _described(self) -> str:
        return ", ".join(f"{what} x{n}" for what, n in sorted(self._running.items()))
