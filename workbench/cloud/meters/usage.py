"""What the deployed code used, in the units that AWS bills."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Usage:
    """Counts since the cloud started, or since another count; calls of tests are not in it."""

    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Requests by service and operation, such as `("dynamodb", "PutItem")`."""
    write_units: float = 0.0
    read_units: float = 0.0
    mails: int = 0
    """Mails that SES accepted."""
    mail_requests: int = 0
    """SendEmail requests that reached SES, whatever became of them."""
    invocations: Counter[str] = field(default_factory=Counter)
    """Lambda invocations by function name, retries included."""
    transitions: int = 0
    logged: int = 0
    """Bytes of log lines that functions wrote, as CloudWatch counts them."""

    def since(self, before: Usage) -> Usage:
        """What was used after an earlier count."""
        return Usage(
            calls=self.calls - before.calls,
            write_units=self.write_units - before.write_units,
            read_units=self.read_units - before.read_units,
            mails=self.mails - before.mails,
            mail_requests=self.mail_requests - before.mail_requests,
            invocations=self.invocations - before.invocations,
            transitions=self.transitions - before.transitions,
            logged=self.logged - before.logged,
        )
