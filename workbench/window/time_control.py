"""The hand on the clock: one move at a time, and nothing else touches the town meanwhile."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from workbench.local.town import Town
from workbench.window.wording import span

Result = TypeVar("Result")

STRIDES: Mapping[str, timedelta] = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
PACES: Mapping[str, timedelta] = {
    "hour": timedelta(hours=1),
    "quarter": timedelta(hours=6),
    "day": timedelta(days=1),
}
"""Virtual time per second, by name."""

_BEAT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeState:
    now: datetime
    next_moment: datetime | None
    doing: str
    """What moves, in words; "" when time stands still."""
    playing: bool
    problem: str
    """Why the last move failed; "" when it did not."""


class TimeControl:
    """Moves the town's clock on a thread of its own; a second move while one runs is refused."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._turn = threading.RLock()
        self._begin = threading.Lock()
        self._enough = threading.Event()
        self._hand = ThreadPoolExecutor(1, "window-clock")
        self._move: Future[None] | None = None
        self._doing = ""
        self._playing = False

    def state(self) -> TimeState:
        moving = self._moving()
        return TimeState(
            now=self._town.now(),
            next_moment=self._town.next_moment(),
            doing=self._doing if moving else "",
            playing=moving and self._playing,
            problem=self._problem(),
        )

    def step(self, stride: str) -> bool:
        """False where time moves already, or for `next` where nothing waits."""
        if stride in STRIDES:
            by = STRIDES[stride]
            return self._start(f"moving {span(by)}", lambda: self._town.advance(by))
        moment = self._town.next_moment()
        if moment is None:
            return False
        return self._start("moving to the next moment", lambda: self._town.run_until(moment))

    def play(self, pace: str) -> bool:
        by = PACES[pace]
        return self._start(f"playing {span(by)} a second", lambda: self._play(by), playing=True)

    def stop(self) -> None:
        """End playing after the beat at hand; a step runs to its end."""
        self._enough.set()

    def act(self, deed: Callable[[], Result]) -> Result:
        """Do something to the town between two moves, and let it settle."""
        with self._turn:
            result = deed()
            self._town.settle()
            return result

    def close(self) -> None:
        self.stop()
        self._hand.shutdown(wait=True, cancel_futures=True)

    def _start(self, doing: str, move: Callable[[], None], *, playing: bool = False) -> bool:
        with self._begin:
            if self._moving():
                return False
            self._enough.clear()
            self._doing, self._playing = doing, playing
            self._move = self._hand.submit(self._run, move, alone=not playing)
            return True

    def _run(self, move: Callable[[], None], *, alone: bool) -> None:
        if not alone:
            move()
            return
        with self._turn:
            self._town.settle()
            move()

    def _play(self, by: timedelta) -> None:
        while not self._enough.wait(_BEAT):
            with self._turn:
                self._town.settle()
                self._town.advance(by * _BEAT)

    def _moving(self) -> bool:
        return self._move is not None and not self._move.done()

    def _problem(self) -> str:
        move = self._move
        if move is None or not move.done() or move.cancelled():
            return ""
        error = move.exception()
        return f"{type(error).__name__}: {error}" if error else ""
