"""Posts that wait for a person's eye: listed by an index, released into the stream, or dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from coldframe.adapters.members import INDEX
from coldframe.adapters.table import Table, TransactionFailed, lead_key, shards_of
from coldframe.adapters.touchpoints import (
    NEW,
    QUARANTINE,
    SUSPECT,
    putting,
    touchpoint_of,
)
from coldframe.domain.touchpoint import FORM_SUBMITTED, Touchpoint
from coldframe.domain.velocity import RELEASED


@dataclass(frozen=True, slots=True)
class DynamoQuarantine:
    table: Table

    def all(self) -> Iterator[Touchpoint]:
        """Everything that waits, shard by shard; what ended meanwhile is passed over."""
        for shard in shards_of(QUARANTINE):
            keys = self.table.query("#member_shard = :shard", index=INDEX, shard=shard)
            for key in keys:
                if item := self.table.get((key["pk"], key["sk"])):
                    stored = touchpoint_of(item)
                    yield replace(stored, id=stored.id.removeprefix(SUSPECT))

    def release(self, suspect: Touchpoint, now: datetime) -> None:
        """From now on it is a post like any other; releasing it again changes nothing."""
        told = {**suspect.data, RELEASED: True}
        genuine = replace(suspect, kind=FORM_SUBMITTED, received_at=now, data=told)
        try:
            self.table.transact([putting(self.table, genuine, when=NEW), self._deletion(suspect)])
        except TransactionFailed:
            self.drop(suspect)

    def drop(self, suspect: Touchpoint) -> None:
        self.table.write(self._deletion(suspect))

    def _deletion(self, suspect: Touchpoint) -> dict[str, dict[str, object]]:
        return self.table.delete(lead_key(suspect.lead, SUSPECT + suspect.id))
