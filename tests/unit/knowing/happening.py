"""What Ada does, dated by days since she was first heard of."""

from datetime import UTC, datetime, timedelta
from typing import Any

from coldframe.domain.touchpoint import FORM_SUBMITTED, Touchpoint, record

FIRST = datetime(2026, 11, 2, 9, tzinfo=UTC)


def day(number: float) -> datetime:
    return FIRST + timedelta(days=number)


def happened(kind: str, number: float, *, received: float | None = None, **data: Any) -> Touchpoint:
    return record(
        lead="ada",
        kind=kind,
        source="test",
        occurred_at=day(number),
        received_at=day(number if received is None else received),
        data=data,
        own_id=f"{kind} {number} {data}",
    )


def posted(number: float = 0, **fields: str) -> Touchpoint:
    return happened(
        FORM_SUBMITTED,
        number,
        form="guide",
        fields=fields,
        consents={},
        address="ada@linden.example",
    )


def viewed(path: str, number: float) -> Touchpoint:
    return happened("page.viewed", number, path=path)
