"""What a careful colleague would say of a client's mails before they go."""

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    ERROR = 0
    """It would harm the mail: the check fails."""
    WARNING = 1
    """Most likely not meant."""
    NOTE = 2


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    severity: Severity
    file: str
    line: int
    rule: str
    """A short name, as `contrast`."""
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity.name.lower()}: {self.text}"
