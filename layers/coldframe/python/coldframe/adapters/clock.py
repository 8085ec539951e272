"""The wall clock. The local cloud replaces ``SystemClock``'s methods by its virtual ones."""

import time
from datetime import UTC, datetime


class SystemClock:
    def now(self) -> datetime:
        """To the millisecond, so that what is stored and read again is what was decided on."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def sleep(self, seconds: float) -> None:
        time.sleep(max(0.0, seconds))
