"""The one virtual clock: it stands still, and moves only when it is told to."""

from __future__ import annotations

import contextvars
import heapq
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from workbench.cloud.activity import Activity

FOREVER = 99_999_999.0
"""Step Functions' own word for 'no timeout': not a deadline anybody walks to."""


SCOPE: contextvars.ContextVar[str | None] = contextvars.ContextVar("scope", default=None)
"""Whose sleep it is: all threads that an execution starts can be called off together."""


class CalledOff(SystemExit):
    """Raised in whatever sleeps when its scope or the cloud ends; a thread ends silently on it."""


@dataclass(eq=False)
class Sleeper:
    """One thread asleep on the clock; while it sleeps it is not in flight."""

    activity: Activity
    what: str | None
    scope: str | None
    awake: threading.Event = field(default_factory=threading.Event)
    by_event: bool = False
    called_off: bool = False

    def wake(self, *, by_event: bool = False, called_off: bool = False) -> None:
        if not self.awake.is_set():
            self.by_event, self.called_off = by_event, called_off
            if self.what is not None:
                self.activity.begin(self.what)
            self.awake.set()

    def doze(self) -> None:
        if self.what is not None:
            self.activity.end(self.what)


@dataclass(order=True)
class Timer:
    """Something due at an instant."""

    due: float
    order: int
    fire: Callable[[], None] = field(compare=False)
    pending: Callable[[], bool] = field(compare=False)


class VirtualClock:
    """Time for waits, timeouts, retries, schedules and handlers."""

    def __init__(self, at: datetime, activity: Activity) -> None:
        self.lock = threading.RLock()
        self.stopped = False
        self._now = at.timestamp()
        self._activity = activity
        self._timers: list[Timer] = []
        self._order = itertools.count()
        self._asleep: set[Sleeper] = set()
        self._over: set[str] = set()
        self._work = threading.local()

    def time(self) -> float:
        return self._now

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._now, UTC)

    def next_deadline(self) -> float | None:
        with self.lock:
            while self._timers and not self._timers[0].pending():
                heapq.heappop(self._timers)
            return self._timers[0].due if self._timers else None

    def move_to(self, instant: float) -> None:
        """Set the time and fire what is due; the caller has settled everything before."""
        with self.lock:
            self._now = max(self._now, instant)
            while self._timers and self._timers[0].due <= self._now:
                heapq.heappop(self._timers).fire()

    def call_at(
        self, due: float, call: Callable[[], None], pending: Callable[[], bool] = lambda: True
    ) -> None:
        """Call something, quickly done, when the clock reaches `due`, if it is still pending."""
        with self.lock:
            self._push(due, call, pending)

    def call_off(self, scope: str) -> None:
        """Wake all sleepers of a scope for the last time; its threads may not sleep again."""
        with self.lock:
            self._over.add(scope)
            for sleeper in list(self._asleep):
                if sleeper.scope == scope:
                    sleeper.wake(called_off=True)

    def doing(self, what: str | None) -> None:
        """Say what this thread is at work on, so that it counts as idle while it sleeps."""
        self._work.what = what

    def sleep(self, seconds: float) -> None:
        self.wait(None, seconds)

    def wait(self, event: Event | None, seconds: float | None) -> bool:
        """Wait for an event, or for so much virtual time; says whether the event came."""
        sleeper = Sleeper(self._activity, getattr(self._work, "what", None), SCOPE.get())
        with self.lock:
            if self.stopped or sleeper.scope in self._over:
                raise CalledOff
            if event is not None and event.is_set():
                return True
            if seconds is not None and seconds <= 0:
                return False
            self._lay_down(sleeper, event, seconds)
        sleeper.awake.wait()
        with self.lock:
            self._asleep.discard(sleeper)
            if event is not None:
                event.sleepers.discard(sleeper)
        if sleeper.called_off:
            raise CalledOff
        return sleeper.by_event

    def stop(self) -> None:
        """Wake everybody for the last time."""
        with self.lock:
            self.stopped = True
            for sleeper in list(self._asleep):
                sleeper.wake(called_off=True)

    def _lay_down(self, sleeper: Sleeper, event: Event | None, seconds: float | None) -> None:
        if seconds is not None and seconds < FOREVER:
            self._push(self._now + seconds, sleeper.wake, lambda: not sleeper.awake.is_set())
        self._asleep.add(sleeper)
        if event is not None:
            event.sleepers.add(sleeper)
        sleeper.doze()

    def _push(self, due: float, fire: Callable[[], None], pending: Callable[[], bool]) -> None:
        heapq.heappush(self._timers, Timer(due, next(self._order), fire, pending))


class Event:
    """A `threading.Event` whose timeouts are virtual."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._set = False
        self.sleepers: set[Sleeper] = set()

    def is_set(self) -> bool:
        return self._set

    def set(self) -> None:
        with self._clock.lock:
            self._set = True
            for sleeper in list(self.sleepers):
                sleeper.wake(by_event=True)

    def clear(self) -> None:
        with self._clock.lock:
            self._set = False

    def wait(self, timeout: float | None = None) -> bool:
        return self._clock.wait(self, timeout)
