"""What time it is, and how much is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The current instant, aware, in UTC."""


Remaining = Callable[[], float]
"""Seconds left to this invocation."""
