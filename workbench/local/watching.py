"""Notices when a client's folder changes, by its files' names, sizes and times."""

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

State = frozenset[tuple[str, int, int]]
EVERY = 0.7
"""Seconds between two looks; what changes is taken when it was the same twice."""


def state_of(folder: Path) -> State:
    return frozenset(_files(folder))


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith((".", "#")) and not path.name.endswith("~"):
            stat = path.stat()
            yield str(path.relative_to(folder)), stat.st_size, stat.st_mtime_ns


class Watcher:
    """Calls ``changed`` with a client's name, one at a time, until it is stopped."""

    def __init__(self, folders: Mapping[str, Path], changed: Callable[[str], None]) -> None:
        self._folders = folders
        self._changed = changed
        self._taken = {name: state_of(folder) for name, folder in folders.items()}
        self._seen = dict(self._taken)
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="folder watcher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._enough.set()
        self._thread.join(timeout=30)

    def look(self) -> None:
        """One look at every folder: a change counts once it has come to rest."""
        for name, folder in self._folders.items():
            now = state_of(folder)
            if now == self._seen[name] and now != self._taken[name]:
                self._taken[name] = now
                self._changed(name)
            self._seen[name] = now

    def _watch(self) -> None:
        while not self._enough.wait(EVERY):
            self.look()
