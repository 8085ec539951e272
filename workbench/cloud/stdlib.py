"""Stand-ins for `time`, `threading` and `datetime` that live on the virtual clock."""

from __future__ import annotations

import contextvars
import datetime as dt
import threading as real_threading
import time as real_time
import weakref
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any

from workbench.cloud.activity import Activity
from workbench.cloud.clock import CalledOff, Event, VirtualClock

UNWIND_SECONDS = 5.0


class VirtualStdlib:
    """What a module sees in place of the standard library's modules of the same names."""

    def __init__(self, clock: VirtualClock, activity: Activity) -> None:
        self._alive: weakref.WeakSet[real_threading.Thread] = weakref.WeakSet()
        what = {"clock": clock, "activity": activity, "alive": self._alive}
        self.thread: type[VirtualThread] = type("Thread", (VirtualThread,), what)
        self.time = _module(
            real_time,
            time=clock.time,
            sleep=clock.sleep,
            gmtime=lambda at=None: real_time.gmtime(clock.time() if at is None else at),
            strftime=lambda form, at=None: real_time.strftime(
                form, at or real_time.gmtime(clock.time())
            ),
        )
        self.threading = _module(real_threading, Thread=self.thread, Event=lambda: Event(clock))
        self.datetime_class = datetime_class(clock)
        self.datetime = _module(dt, datetime=self.datetime_class)

    def join_threads(self) -> None:
        """Wait for the threads that were called off; the cloud is gone, so they only unwind."""
        give_up = real_time.monotonic() + UNWIND_SECONDS
        for thread in list(self._alive):
            left = give_up - real_time.monotonic()
            real_threading.Thread.join(thread, max(0.01, left))


class VirtualThread(real_threading.Thread):
    """A thread that counts as work from its start, and whose `join` waits on the clock."""

    clock: VirtualClock
    activity: Activity
    alive: weakref.WeakSet[real_threading.Thread]

    def __init__(
        self,
        group: None = None,
        target: Callable[..., object] | None = None,
        name: str | None = None,
        args: Iterable[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        **_daemon: Any,
    ) -> None:
        super().__init__(group, self._within, name, daemon=True)
        does = (lambda: None) if target is None else partial(target, *args, **(kwargs or {}))
        context = contextvars.copy_context()
        self._does: Callable[[], object] = lambda: context.run(does)
        self._what = name or getattr(target, "__qualname__", None) or repr(target)
        self._over = Event(self.clock)

    def start(self) -> None:
        self.activity.begin(self._what)
        self.alive.add(self)
        try:
            super().start()
        except RuntimeError:
            self.activity.end(self._what)
            raise

    def join(self, timeout: float | None = None) -> None:
        self._over.wait(timeout)

    def is_alive(self) -> bool:
        return super().is_alive() and not self._over.is_set()

    def _within(self) -> None:
        self.clock.doing(self._what)
        try:
            self._does()
        except CalledOff:
            pass  # the cloud, or the execution this thread worked for, is over
        finally:
            self._over.set()
            self.activity.end(self._what)


def datetime_class(clock: VirtualClock) -> type[dt.datetime]:
    """A `datetime` whose `now` is the clock's; every real datetime is an instance of it."""

    class Meta(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, dt.datetime)

    class VirtualDatetime(dt.datetime, metaclass=Meta):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Any:
            return dt.datetime.fromtimestamp(clock.time(), tz)

        @classmethod
        def utcnow(cls) -> Any:
            return clock.now().replace(tzinfo=None)

    return VirtualDatetime


def _module(module: Any, **changed: Any) -> Any:
    return SimpleNamespace(**{**vars(module), **changed})
