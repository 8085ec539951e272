"""The client's surges: one item, written when one is found, and when somebody has looked."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.table import ConditionFailed, Table
from coldframe.domain.errors import StaleLead
from coldframe.domain.surge import Looked, Surges

if TYPE_CHECKING:
    from coldframe.services.ports import Clock

KEY = ("CLIENT", "SURGE")
KEPT_FOR: Final = timedelta(seconds=30)
"""How long a container goes by what it has read, for leads who aren't new."""


@dataclass(slots=True)
class DynamoSurges:
    table: Table
    clock: "Clock"
    _read_at: datetime | None = field(default=None, init=False)
    _known: Surges = field(default_factory=Surges, init=False)

    def read(self, *, fresh: bool = True) -> Surges:
        now = self.clock.now()
        if fresh or self._read_at is None or not self._read_at <= now < self._read_at + KEPT_FOR:
            self._known, self._read_at = surges_of(self.table.get(KEY) or {}), now
        return self._known

    def save(self, surges: Surges) -> None:
        item = {
            "since": surges.since,
            "found_at": surges.found_at,
            "leads": surges.leads,
            "limit": surges.limit,
            "looked": [asdict(each) for each in surges.looked],
            "revision": surges.revision + 1,
        }
        when = "#revision = :read" if surges.revision else "attribute_not_exists(#revision)"
        values = {"read": surges.revision} if surges.revision else {}
        try:
            self.table.write(self.table.put(KEY, item, when=when, values=values))
        except ConditionFailed as error:
            raise StaleLead("surge") from error


def surges_of(item: Item) -> Surges:
    return Surges(
        since=instant_or_none(item.get("since")),
        found_at=instant_or_none(item.get("found_at")),
        leads=item.get("leads", 0),
        limit=item.get("limit", 0),
        looked=tuple(
            Looked(**{**each, "since": instant(each["since"]), "at": instant(each["at"])})
            for each in item.get("looked", [])
        ),
        revision=item.get("revision", 0),
    )
