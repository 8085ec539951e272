"""Counts what the fakes are asked, and lets a test crash or step in at any point of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class Crash(BaseException):
    """The process is gone: nothing in it may catch this."""


@dataclass(slots=True)
class Writes:
    """Shared by all fakes of a world.

    Point ``2 n`` is just before write ``n``, point ``2 n + 1`` just after it.
    """

    crash_at: int | None = None
    later: list[int] = field(default_factory=list)
    """Where to crash after that, in rising order."""
    log: list[str] = field(default_factory=list)
    """What was tried, in order."""
    done: list[str] = field(default_factory=list)
    """What was written: no condition forbade it."""
    operations: int = 0
    interrupt_at: int | None = None
    """Before the operation (read or write) of this number, ``interruption`` happens, once."""
    interruption: Callable[[], object] = lambda: None

    @property
    def points(self) -> int:
        return 2 * len(self.log)

    @contextmanager
    def __call__(self, what: str) -> Iterator[None]:
        self.reading()
        number = len(self.log)
        self.log.append(what)
        self._crash(2 * number)
        yield
        self.done.append(what)
        self._crash(2 * number + 1)

    def reading(self) -> None:
        number, self.operations = self.operations, self.operations + 1
        if number == self.interrupt_at:
            self.interrupt_at = None
            self.interruption()

    def _crash(self, point: int) -> None:
        if point == self.crash_at:
            self.crash_at = self.later.pop(0) if self.later else None
            raise Crash(f"{'after' if point % 2 else 'before'} {self.log[point // 2]}")
