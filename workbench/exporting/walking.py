"""All leads of a client into a file, by one paced walk over the index that lists them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.record import LeadRecord
from workbench.exporting.columns import values
from workbench.exporting.file import Leads
from workbench.leads.asking import Counted
from workbench.leads.roster import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """``counted``: whom the expression holds for; None: everybody."""

    roster: Roster
    knowing: Knowing
    file: Leads
    now: datetime
    counted: Counted | None = None
    after_batch: Callable[[int], None] = lambda _: None
    """Is told how many leads were looked at since."""

    def __call__(self) -> int:
        """How many leads the file holds."""
        self.file.begin()
        whole = self.counted is not None and self.counted.question.whole
        after = self.file.cursor or None
        for records, cursor in self.roster.batches(after=after, whole=whole, gates=True):
            for record in self._asked(records):
                self._add(record)
            self.file.keep(cursor)
            self.after_batch(len(records))
        self.file.finish()
        return self.file.leads

    def _asked(self, records: list[LeadRecord]) -> Iterator[LeadRecord]:
        if self.counted is None:
            return iter(records)
        return self.counted.members(records, self.now)

    def _add(self, record: LeadRecord) -> None:
        if record.profile is None or not record.profile.address:
            return
        told = values(
            record.profile, record.gate, self.knowing, now=self.now, wanted=self.file.columns
        )
        self.file.add(told)
