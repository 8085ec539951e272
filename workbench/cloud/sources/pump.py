"""Hands work from queues and streams to functions as soon as there is some."""

from __future__ import annotations

import threading
from collections.abc import Callable

from workbench.cloud import emulated as em
from workbench.cloud.activity import Activity
from workbench.cloud.hooks import Hooks
from workbench.cloud.sources import queues
from workbench.cloud.sources.streams import Streams


class Pump:
    """One thread that is woken by whoever adds work; `settle` also turns it by hand."""

    def __init__(self, activity: Activity, streams: Streams) -> None:
        self._activity = activity
        self._sources: tuple[Callable[[], bool], ...] = (queues.poll, streams.poll)
        self._passing = threading.Lock()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="local-cloud-pump", daemon=True)

    def install(self, hooks: Hooks) -> None:
        hooks.replace(em.lambda_svc, "_ensure_poller", lambda: None, anchor="a21371869881")
        queues.install(hooks)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped = True
        em.concurrency.esm_wake.set()
        self._thread.join()

    def turn(self) -> bool:
        """Give every source one look; says whether any had work."""
        with self._passing:
            return max(tuple(source() for source in self._sources))

    def _run(self) -> None:
        wake = em.concurrency.esm_wake
        while not self._stopped:
            wake.wait()
            wake.clear()
            if not self._stopped:
                with self._activity.work("queues and streams"):
                    while self.turn():
                        pass
