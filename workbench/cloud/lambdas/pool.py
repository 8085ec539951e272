"""Warm workers by function: reused when idle, forked up to a cap, waited for beyond it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from workbench.cloud.clock import CalledOff
from workbench.cloud.lambdas.worker import Worker


class WorkerPool:
    """At most `per_function` workers of a function at once; at most `warm` idle ones in all."""

    def __init__(self, per_function: int, warm: int) -> None:
        self._per_function = per_function
        self._warm = warm
        self._changed = threading.Condition()
        self._idle: list[tuple[str, Worker]] = []
        self._alive: dict[str, int] = defaultdict(int)
        self._busy: set[Worker] = set()
        self._stopped = False

    @contextmanager
    def worker(self, key: str, fork: Callable[[], Worker]) -> Iterator[Worker]:
        """Lend a worker of the function `key`; it comes back unless it was marked as lost."""
        worker = self._take(key) or self._forked(key, fork)
        try:
            yield worker
        except BaseException:
            self.lose(key, worker)
            raise
        self._give_back(key, worker)

    def lose(self, key: str, worker: Worker) -> None:
        """End a worker; its place is free again."""
        with self._changed:
            if worker in self._busy:
                self._busy.discard(worker)
                self._alive[key] -= 1
                self._changed.notify_all()
        worker.kill()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            workers = [*self._busy, *(worker for _, worker in self._idle)]
            self._changed.notify_all()
        for worker in workers:
            worker.kill()

    def _take(self, key: str) -> Worker | None:
        """An idle worker, or None with a place reserved for a new one."""
        with self._changed:
            while True:
                if self._stopped:
                    raise CalledOff
                for index in range(len(self._idle) - 1, -1, -1):
                    if self._idle[index][0] == key:
                        _, worker = self._idle.pop(index)
                        self._busy.add(worker)
                        return worker
                if self._alive[key] < self._per_function:
                    self._alive[key] += 1
                    return None
                self._changed.wait()

    def _forked(self, key: str, fork: Callable[[], Worker]) -> Worker:
        try:
            worker = fork()
        except BaseException:
            with self._changed:
                self._alive[key] -= 1
                self._changed.notify_all()
            raise
        with self._changed:
            self._busy.add(worker)
        return worker

    def _give_back(self, key: str, worker: Worker) -> None:
        surplus: list[Worker] = []
        with self._changed:
            if worker not in self._busy:
                return
            self._busy.discard(worker)
            self._idle.append((key, worker))
            while len(self._idle) > self._warm:
                oldest, cold = self._idle.pop(0)
                self._alive[oldest] -= 1
                surplus.append(cold)
            self._changed.notify_all()
        for cold in surplus:
            cold.kill()
