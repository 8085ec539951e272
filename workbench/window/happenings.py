"""What happened so far, kept in step with the town: each line is asked for once."""

import threading
from collections.abc import Callable, Sequence

from workbench.local.town import Happening

Numbered = tuple[int, Happening]


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
