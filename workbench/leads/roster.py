"""All leads of a client, by the one index that lists them: never a scan, and at a stated pace."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from coldframe.adapters.attributes import decoded_item
from coldframe.adapters.members import DynamoMembers
from coldframe.adapters.records import DynamoRecords, record_of
from coldframe.adapters.table import Table
from coldframe.domain.record import LeadRecord

ROSTER: Final = "leads"
BATCH: Final = 50
PACE: Final = 400.0
"""Leads in a second; their profiles cost half a read unit per 4 kB each."""
_TRIES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """``whole``: with everything a lead ever did, when its profile alone doesn't tell."""

    table: Table
    pace: float = PACE
    roster: str = ROSTER
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def records(self, *, whole: bool = False) -> Iterator[LeadRecord]:
        for records, _ in self.batches(whole=whole):
            yield from records

    def batches(
        self, *, after: str | None = None, whole: bool = False, gates: bool = False
    ) -> Iterator[tuple[list[LeadRecord], str]]:
        """Some leads at a time, in the index's order, and the place to go on from behind them."""
        leads = iter(DynamoMembers(self.table).of(self.roster, after=after))
        begun, done = self.clock(), 0
        while batch := list(islice(leads, BATCH)):
            names = [lead for lead, _ in batch]
            if whole:
                yield [DynamoRecords(self.table).get(lead) for lead in names], batch[-1][1]
            else:
                yield self._some(names, ("P", "G") if gates else ("P",)), batch[-1][1]
            done += len(batch)
            ahead = done / self.pace - (self.clock() - begun)
            if ahead > 0:
                self.sleep(ahead)

    def _some(self, leads: Sequence[str], sorts: Sequence[str]) -> list[LeadRecord]:
        keys = [{"pk": {"S": f"L#{lead}"}, "sk": {"S": sort}} for lead in leads for sort in sorts]
        asked: Any = {self.table.name: {"Keys": keys}}
        found: dict[str, list[Any]] = {lead: [] for lead in leads}
        for tried in range(_TRIES):
            answer = self.table.client.batch_get_item(RequestItems=asked)
            for item in map(decoded_item, answer["Responses"].get(self.table.name, [])):
                found[item["pk"].removeprefix("L#")].append(item)
            asked = answer.get("UnprocessedKeys")
            if not asked:
                return [record_of(lead, items) for lead, items in found.items() if items]
            self.sleep(0.1 * 2**tried)
        raise TimeoutError("the table doesn't answer for some leads; try again with less pace")


def of_items(items: Iterable[dict[str, Any]]) -> Iterator[LeadRecord]:
    """The same of a table's items that were kept in a file."""
    by_lead: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        if item["pk"]["S"].startswith("L#"):
            by_lead.setdefault(item["pk"]["S"].removeprefix("L#"), []).append(decoded_item(item))
    for lead, own in sorted(by_lead.items()):
        record = record_of(lead, own)
        if record.profile and not record.profile.moved_to:
            yield record
