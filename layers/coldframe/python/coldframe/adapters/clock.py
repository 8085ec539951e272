"""The wall clock. The local cloud replaces ``SystemClock.now`` with its virtual one."""

from datetime import UTC, datetime


class SystemClock:
    def now(self) -> datetime:
        """To the millisecond, so that what is stored and read again is what was decided on."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)
