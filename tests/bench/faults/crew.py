"""Invocations side by side: one operation at a time, in the order of a virtual clock."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from greenlet import getcurrent, greenlet  # type: ignore[import-untyped]  # no stubs are pinned

from tests.fakes.clock import FrozenClock

Work = Callable[[], Any]


@dataclass(slots=True)
class Crew:
    """Whoever sleeps lets the others go on; who wakes first is the clock's to say."""

    clock: FrozenClock
    turns: int = 0
    """How often somebody went on: orders what happens at one instant."""
    _queue: list[tuple[datetime, int, greenlet, int]] = field(default_factory=list)
    _slept: dict[greenlet, int] = field(default_factory=dict)
    _named: dict[str, greenlet] = field(default_factory=dict)
    _hub: greenlet = field(default_factory=getcurrent)
    """Who runs them all: the one that made the crew."""
    _number: "count[int]" = field(default_factory=count)

    def start(self, work: Work, *, after: float = 0.0) -> None:
        hand = greenlet(work, self._hub)
        self._slept[hand] = 0
        self._queued(hand, self.clock.at + timedelta(seconds=after))

    def sleep(self, seconds: float) -> None:
        self.sleep_until(self.clock.at + timedelta(seconds=seconds))

    def sleep_until(self, at: datetime, *, name: str = "") -> None:
        """Until then, or until somebody wakes the sleeper by its name."""
        hand = getcurrent()
        if name:
            self._named[name] = hand
        self._queued(hand, at)
        self._hub.switch()
        self._named.pop(name, None)

    def wake(self, name: str) -> None:
        if hand := self._named.get(name):
            self._queued(hand, self.clock.at)

    def run(self, until: datetime) -> None:
        while self._queue and self._queue[0][0] <= until:
            at, _, hand, slept = heapq.heappop(self._queue)
            if self._slept.get(hand) != slept:
                continue
            self.clock.at = max(at, self.clock.at)
            self.turns += 1
            self._slept[hand] += 1
            hand.switch()
            if hand.dead:
                del self._slept[hand]

    def _queued(self, hand: greenlet, at: datetime) -> None:
        heapq.heappush(self._queue, (at, next(self._number), hand, self._slept[hand]))
