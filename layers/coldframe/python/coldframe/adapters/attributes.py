"""Plain values to DynamoDB's attribute values and back; instants are sortable text."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Item = dict[str, Any]


def text(at: datetime) -> str:
    """``2026-11-21T09:00:00.000Z``: sorts as it passes."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(stored: str) -> datetime:
    return datetime.fromisoformat(stored).astimezone(UTC)


def instant_or_none(stored: str | None) -> datetime | None:
    return instant(stored) if stored else None


def encoded(value: Any) -> dict[str, Any]:  # noqa: ANN401, C901, PLR0911 - any JSON value; one line per type
    """One attribute value. Own codec: boto3's doubles the cost and imports boto3."""
    if isinstance(value, str):
        return {"S": str(value)}
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int | float):
        return {"N": repr(value)}
    if isinstance(value, datetime):
        return {"S": text(value)}
    if isinstance(value, Mapping):
        return {"M": {key: encoded(each) for key, each in value.items()}}
    if isinstance(value, frozenset):
        return {"SS": sorted(value)}
    if isinstance(value, list | tuple):
        return {"L": [encoded(each) for each in value]}
    raise TypeError(f"no attribute value for {type(value).__name__}")


def encoded_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """The item's attributes; those that are None are left out."""
    return {key: encoded(value) for key, value in item.items() if value is not None}


def decoded(value: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    (kind, held), *_ = value.items()
    match kind:
        case "M":
            return {key: decoded(each) for key, each in held.items()}
        case "L":
            return [decoded(each) for each in held]
        case "N":
            return int(held) if held.lstrip("-").isdigit() else float(held)
        case "NULL":
            return None
        case _:
            return held


def decoded_item(item: Mapping[str, Any]) -> Item:
    return {key: decoded(value) for key, value in item.items()}
