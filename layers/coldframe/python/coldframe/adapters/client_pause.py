"""The client's pause: one item, read by everyone who sends, written by a person or an alarm."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.table import ConditionFailed, Table
from coldframe.domain.client_pause import Pause

if TYPE_CHECKING:
    from coldframe.services.ports import Clock

KEY = ("CLIENT", "PAUSED")
KEPT_FOR = timedelta(seconds=30)
"""How long a container goes by what it has read."""
PAUSED_NOW = "attribute_exists(#since) AND attribute_not_exists(#resumed_at)"


@dataclass(slots=True)
class ClientPauses:
    table: Table
    clock: "Clock"
    _read_at: datetime | None = field(default=None, init=False)
    _known: Pause | None = field(default=None, init=False)

    def __call__(self) -> Pause | None:
        """As it stands, or stood half a minute ago."""
        now = self.clock.now()
        if self._read_at is None or not self._read_at <= now < self._read_at + KEPT_FOR:
            self._known, self._read_at = self.read(), now
        return self._known

    def read(self) -> Pause | None:
        item = self.table.get(KEY)
        return pause_of(item) if item else None

    def pause(self, why: str) -> bool:
        """False: it is paused already, since then and for that reason."""
        held = {"since": self.clock.now(), "why": why}
        return self._write(
            self.table.put(
                KEY, held, when="attribute_not_exists(#since) OR attribute_exists(#resumed_at)"
            )
        )

    def resume(self) -> bool:
        """False: nothing is paused."""
        values = {"now": self.clock.now()}
        return self._write(
            self.table.update(KEY, "SET #resumed_at = :now", when=PAUSED_NOW, values=values)
        )

    def _write(self, action: dict[str, dict[str, object]]) -> bool:
        try:
            self.table.write(action)
        except ConditionFailed:
            return False
        return True


def pause_of(item: Item) -> Pause:
    return Pause(
        since=instant(item["since"]),
        why=item.get("why", ""),
        resumed_at=instant_or_none(item.get("resumed_at")),
    )
