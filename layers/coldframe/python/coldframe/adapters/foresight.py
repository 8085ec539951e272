"""A table that reads along with an enrolment what a step that sends asks for next."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from coldframe.adapters.attributes import Item
from coldframe.adapters.enrolment_items import PREFIX as ENROLMENT
from coldframe.adapters.gates import SORT as GATE
from coldframe.adapters.profiles import SORT as PROFILE
from coldframe.adapters.table import Key, Table

FRESH: Final = 0.5
"""Seconds that an item may have been read before; what waits for longer asks the table."""


@dataclass(frozen=True, slots=True)
class ForeseeingTable(Table):
    """Three consistent reads in one request, each told once: whoever asks again, asks the table.

    What was foreseen is as old as the enrolment, which is read first anyway; a claim is taken under
    the condition that the gate still is the one that was asked.
    """

    _foreseen: dict[Key, tuple[float, Item | None]] = field(default_factory=dict)

    def get(self, key: Key) -> Item | None:
        partition, sort = key
        if sort.startswith(ENROLMENT):
            return self._with_what_follows(key, (partition, GATE), (partition, PROFILE))
        read_at, item = self._foreseen.pop(key, (0.0, None))
        return item if read_at and monotonic() - read_at < FRESH else Table.get(self, key)

    def _with_what_follows(self, key: Key, *following: Key) -> Item | None:
        self._foreseen.clear()
        found = self.get_all((key, *following))
        self._foreseen.update({each: (monotonic(), found.get(each)) for each in following})
        return found.get(key)
