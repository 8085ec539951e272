"""What SES tells of a mail it received: the envelope and its verdicts; the mail is in S3."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from coldframe.domain.replies.inbound import Delivery, Verdicts
from coldframe.entrypoints.observability import fact

Receiving = Callable[[Delivery], str]
VERDICTS = ("spam", "virus", "spf", "dkim", "dmarc")


def delivery_of(record: Mapping[str, Any]) -> Delivery:
    """KeyError, ValueError or TypeError for what is no receipt."""
    mail, receipt = record["ses"]["mail"], record["ses"]["receipt"]
    verdicts = {name: _status(receipt.get(f"{name}Verdict")) for name in VERDICTS}
    return Delivery(
        id=mail["messageId"],
        at=datetime.fromisoformat(mail["timestamp"]).astimezone(UTC),
        recipients=tuple(receipt["recipients"]),
        envelope_sender=mail.get("source") or "",
        verdicts=Verdicts(**verdicts),
    )


def receipts_endpoint(receiving: Receiving) -> Callable[[Any, Any], None]:
    """Lambda calls again what fails, twice; in the end a dead letter keeps it."""

    @wraps(receiving)
    def reading(event: Mapping[str, Any], _context: object) -> None:
        for record in event["Records"]:
            fact("mail received", was=receiving(delivery_of(record)))

    return reading


def _status(verdict: Mapping[str, str] | None) -> str:
    return (verdict or {}).get("status", "").lower()
