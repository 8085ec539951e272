"""What a lead chose about its mails, as the gate keeps it: the latest choice counts, whole."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    at: datetime
    """When they were chosen."""
    off: tuple[str, ...] = ()
    """Topics it wants no mail of."""
    paused_until: datetime | None = None
    a_week: int | None = None
    """At most so many mails in seven days; None: as the client does."""
    channels_off: tuple[str, ...] = ()

    def wants(self, topic: str | None, *, since: datetime) -> bool:
        """A consent that was given later outweighs the choice."""
        return topic not in self.off or since > self.at
