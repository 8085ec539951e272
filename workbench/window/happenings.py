"""What happened so far, kept in step with the town: each line is asked for once."""

import threading
from collections.abc import Callable, Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from workbench.local.town import Happening

Numbered = tuple[int, Happening]
BEGUN_AFTER = "coldframe.begun_after"


class Happenings:
    def __init__(self, source: Callable[[int], Sequence[Numbered]]) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._lines: list[Numbered] = []

    def last(self) -> int:
        lines = self._synced()
        return lines[-1][0] if lines else 0

    def after(self, number: int) -> list[Numbered]:
        """Oldest first."""
        newer = []
        for line in reversed(self._synced()):
            if line[0] <= number:
                break
            newer.append(line)
        return newer[::-1]

    def newest(self, count: int, *, client: str = "", lead: str = "") -> list[Happening]:
        """Newest first."""
        found: list[Happening] = []
        for _, line in reversed(self._synced()):
            if (not client or line.client == client) and (not lead or line.lead == lead):
                found.append(line)
            if len(found) == count:
                break
        return found

    def _synced(self) -> list[Numbered]:
        with self._lock:
            after = self._lines[-1][0] if self._lines else 0
            self._lines.extend(self._source(after))
            return self._lines


class Marking:
    """Notes with each request what had happened before it: the rest its page is yet to be told,
    since what comes while it is made may be missing on it."""

    def __init__(self, app: ASGIApp, happenings: Happenings) -> None:
        self._app, self._happenings = app, happenings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[BEGUN_AFTER] = self._happenings.last()
        await self._app(scope, receive, send)
