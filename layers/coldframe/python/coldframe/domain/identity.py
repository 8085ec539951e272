"""An identity that was moved to the person it belongs to."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One that was moved to ``person``."""

    person: str
    id: str
    address: str
    at: datetime
    why: str
    by: str
    cursor: str = ""
    """The last touchpoint of its history that stands under the person too."""
    due_at: datetime | None = None
    """The rest of its history is still to be moved; None: all of it was."""
