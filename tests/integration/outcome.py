"""What the table holds in the end, without its instants: equal for equal outcomes."""

from collections import Counter
from typing import Any

Image = dict[str, Any]
Told = tuple[str, object]


def outcome(items: list[Image]) -> dict[str, Any]:
    plain = [{name: _value(value) for name, value in item.items()} for item in items]
    counted = Counter(_kind(item) for item in plain if item["sk"][:2] in ("T#", "D#", "A#"))
    told = dict(_told(item) for item in plain if item["sk"][:2] not in ("T#", "D#", "A#"))
    return {**told, "kinds": dict(counted)}


def key_of(item: Image) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


def _value(attribute: dict[str, Any]) -> Any:
    return next(iter(attribute.values()))


def _kind(item: Image) -> str:
    return f"{item['sk'][0]} {item.get('kind', '')} {item.get('journey', '')}"


def _told(item: Image) -> Told:
    where = item["pk"] + item["sk"]
    match item["sk"][0]:
        case "M":
            return f"mail {item['mail']} {where}", (item["state"], item.get("why", ""))
        case "E":
            claims = sorted(name for name in item if name.startswith("claim:"))
            return where, (item["status"], item.get("reason", ""), claims)
        case "G":
            flags = sorted(name for name in item if name.endswith("_at"))
            return where, (flags, len(item.get("mails", [])))
        case "P":
            return where, (sorted(item["fields"]), sorted(item["consents"]))
    return where, item.get("verdict", item.get("error", ""))
