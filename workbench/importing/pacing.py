"""How fast a table is written: what each write really cost, and a rest when it was too much."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

CALLS: Final = ("TransactWriteItems", "UpdateItem", "PutItem")
UNTOLD: Final = 4.0
"""Write units of a transaction where nobody tells: two small items."""


@dataclass(slots=True, kw_only=True)
class Pace:
    """``units``: write units a second, over all threads."""

    units: float
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    spent: float = 0.0
    _begun: float | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def watch(self, client: Any) -> None:
        """Every write of this client counts, by what the table says it cost."""
        for call in CALLS:
            client.meta.events.register(f"provide-client-params.dynamodb.{call}", _asking)
            client.meta.events.register(f"after-call.dynamodb.{call}", self._counted)

    def _counted(self, parsed: Mapping[str, Any], **_: object) -> None:
        told = parsed.get("ConsumedCapacity") or []
        costs = told if isinstance(told, list) else [told]
        self.spend(sum(float(each.get("CapacityUnits", 0)) for each in costs) or UNTOLD)

    def spend(self, units: float) -> None:
        with self._lock:
            if self._begun is None:
                self._begun = self.clock()
            self.spent += units

    def rest(self) -> None:
        """Until what was spent is within the pace again."""
        with self._lock:
            begun = self._begun
        if begun is None:
            return
        ahead = self.spent / self.units - (self.clock() - begun)
        if ahead > 0:
            self.sleep(ahead)


def _asking(params: dict[str, Any], **_: object) -> dict[str, Any]:
    return {**params, "ReturnConsumedCapacity": "TOTAL"}
