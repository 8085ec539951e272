"""Anchored, reversible changes to the emulator: a hook whose anchor has moved refuses to be set."""

from __future__ import annotations

import hashlib
import inspect
from dataclasses import dataclass, field
from typing import Any

MISSING = object()


class AnchorMoved(RuntimeError):
    """What a hook replaces is no longer what it was written for."""

    def __init__(self, owner: Any, name: str, expected: str, found: str) -> None:
        place = f"{getattr(owner, '__name__', owner)}.{name}"
        package = place.split(".", maxsplit=1)[0]
        super().__init__(
            f"{package} changed: re-check the hook on {place} (expected {expected}, found {found})"
        )


@dataclass
class Hooks:
    """Every change made to the emulator's modules, undone in reverse."""

    _done: list[tuple[Any, str, Any]] = field(default_factory=list)

    def replace(self, owner: Any, name: str, new: Any, *, anchor: str) -> Any:
        """Put `new` in the place of a function whose source still has the fingerprint `anchor`."""
        old = vars(owner).get(name, MISSING)
        found = fingerprint(old)
        if found != anchor:
            raise AnchorMoved(owner, name, anchor, found)
        self._put(owner, name, old, new)
        return old

    def set(self, owner: Any, name: str, new: Any, *, expecting: Any) -> Any:
        """Put `new` in the place of a value; `expecting` is that value, its type, or a module."""
        old = vars(owner).get(name, MISSING)
        kind = isinstance(expecting, type) and isinstance(old, expecting)
        if not (kind or old == expecting):
            raise AnchorMoved(owner, name, repr(expecting), repr(old)[:80])
        self._put(owner, name, old, new)
        return old

    def undo(self) -> None:
        """Leave every module as it was found."""
        while self._done:
            owner, name, old = self._done.pop()
            setattr(owner, name, old)

    def _put(self, owner: Any, name: str, old: Any, new: Any) -> None:
        self._done.append((owner, name, old))
        setattr(owner, name, new)


def fingerprint(thing: Any) -> str:
    """The first twelve hex digits of the hash of a function's source, `missing` without one."""
    if thing is MISSING:
        return "missing"
    try:
        source = inspect.getsource(inspect.unwrap(getattr(thing, "__func__", thing)))
    except (OSError, TypeError):
        return "no source"
    return hashlib.sha256(source.encode()).hexdigest()[:12]
