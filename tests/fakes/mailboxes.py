"""Mailboxes in memory."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from coldframe.domain.errors import StaleLead
from coldframe.domain.mailbox import Mailbox, mailbox_id
from tests.fakes.writes import Writes

KEY = b"an id key"


@dataclass(slots=True)
class InMemoryMailboxes:
    writes: Writes
    rows: dict[str, Mailbox] = field(default_factory=dict)

    def of(self, address: str) -> Mailbox:
        self.writes.reading()
        found = mailbox_id(KEY, address)
        return self.rows.get(found, Mailbox(id=found))

    def check(self, asked: Mailbox | None) -> None:
        """The transaction's condition on the mailbox."""
        if asked and self.rows.get(asked.id, Mailbox(id=asked.id)).revision != asked.revision:
            raise StaleLead(asked.id)

    def count(self, asked: Mailbox | None, requested: tuple[datetime, ...]) -> None:
        if asked:
            revision = asked.revision + 1
            self.rows[asked.id] = replace(asked, requested=requested, revision=revision)
