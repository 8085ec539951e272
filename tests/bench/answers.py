"""What AWS would answer, without thinking: puts are kept, everything else is accepted."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.bench.units import Meter, updated

Item = dict[str, Any]
Asked = dict[str, Any]

GATE = "G"
COUNTED_AT = "2026-11-20T09:30:00.000Z"
SECRET = {"id": "bench-bench-bench-bench-bench-bench", "sign": []}
FIXED: dict[str, Any] = {
    "GetSecretValue": {"Name": "keys", "SecretString": json.dumps(SECRET)},
    "StartExecution": {"executionArn": "arn:aws:states:::execution:j:e", "startDate": 1795167000},
    "SendEmail": {"MessageId": "0107019a9f3c1d2e-4b5c6d7e"},
    "GetSchedule": {
        "Name": "sweep",
        "GroupName": "leads",
        "ScheduleExpression": "at(2099-01-01T00:00:00)",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {"Arn": "arn:aws:lambda:::function:sweep", "RoleArn": "arn:aws:iam:::role/r"},
    },
    "UpdateSchedule": {"ScheduleArn": "arn:aws:scheduler:::schedule/leads/sweep"},
}


@dataclass(slots=True)
class Answers:
    """The table holds what was put; conditions are not asked, updates change nothing."""

    items: dict[tuple[str, str], Item] = field(default_factory=dict)
    calls: int = 0
    meter: Meter = field(default_factory=Meter)

    def __call__(self, operation: str, asked: Asked) -> dict[str, Any]:
        self.calls += 1
        match operation:
            case "PutItem" | "UpdateItem" | "DeleteItem":
                self._write(asked)
                return self._stands(asked) if "ReturnValues" in asked else {}
            case "TransactWriteItems":
                for action in asked["TransactItems"]:
                    self._write(*action.values(), times=2)
            case "BatchGetItem":
                return {"Responses": {name: self._found(keys) for name, keys in _of(asked)}}
            case "GetItem":
                item = self.items.get(_key(asked["Key"]))
                self.meter.fetch(item or {})
                return {"Item": item} if item else {}
            case "Query":
                self.meter.walk([])
                return {"Items": [], "Count": 0, "ScannedCount": 0}
        fixed: dict[str, Any] = FIXED.get(operation, {})
        return fixed

    def of_kind(self, prefix: str) -> list[Item]:
        """In the order in which they came."""
        return [item for (_, sort), item in self.items.items() if sort.startswith(prefix)]

    def _write(self, asked: Asked, *, times: int = 1) -> None:
        """A condition alone is a write, too, to the bill."""
        before = self.items.get(_key(asked.get("Item") or asked["Key"]))
        self.meter.write(asked, before, times=times)
        if "Item" in asked:
            self.items[_key(asked["Item"])] = asked["Item"]

    def _stands(self, asked: Asked) -> dict[str, Any]:
        return {"Attributes": updated(asked, self.items.get(_key(asked["Key"])))}

    def _found(self, keys: list[Item]) -> list[Item]:
        """Each costs a read, also one that isn't there."""
        found = [self._held(key) for key in keys]
        self.meter.fetch(*(item or {} for item in found))
        return [item for item in found if item]

    def _held(self, key: Item) -> Item | None:
        """Whoever was sent mails, as all that are asked for together, has a gate that counts."""
        held = self.items.get(_key(key))
        if held or _text(key, "sk") != GATE:
            return held
        return {**key, "revision": {"N": "1"}, "mails": {"L": [{"S": COUNTED_AT}]}}


def _of(asked: Asked) -> list[tuple[str, list[Item]]]:
    return [(name, told["Keys"]) for name, told in asked["RequestItems"].items()]


def _key(item: Item) -> tuple[str, str]:
    """Ours is ``pk``, ``sk``; the rivals' table has but one key."""
    return _text(item, "pk"), _text(item, "sk") or _text(item, "id")


def _text(item: Item, name: str) -> str:
    return str(item[name]["S"]) if name in item else ""
