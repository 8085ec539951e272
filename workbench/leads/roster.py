"""All leads of a client, by the one index that lists them: never a scan, and at a stated pace."""

import time
from collections.abc import Callable, Iterable, Iterator
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
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def records(self, *, whole: bool = False) -> Iterator[LeadRecord]:
        leads = (lead for lead, _ in DynamoMembers(self.table).of(ROSTER, after=None))
        begun, done = self.clock(), 0
        while batch := list(islice(leads, BATCH)):
            yield from map(DynamoRecords(self.table).get, batch) if whole else self._some(batch)
            done += len(batch)
            ahead = done / self.pace - (self.clock() - begun)
            if ahead > 0:
                self.sleep(ahead)

    def _some(self, leads: Iterable[str]) -> Iterator[LeadRecord]:
        keys = [{"pk": {"S": f"L#{lead}"}, "sk": {"S": "P"}} for lead in leads]
        asked: Any = {self.table.name: {"Keys": keys}}
        for tried in range(_TRIES):
            answer = self.table.client.batch_get_item(RequestItems=asked)
            for item in answer["Responses"].get(self.table.name, []):
                found = decoded_item(item)
                yield record_of(found["pk"].removeprefix("L#"), [found])
            asked = answer.get("UnprocessedKeys")
            if not asked:
                return
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
        if record.profile:
            yield record
