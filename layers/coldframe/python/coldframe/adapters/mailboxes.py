"""What went to a mailbox on request: an item of its own, under a keyed hash, gone after a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from coldframe.adapters.attributes import instant
from coldframe.adapters.table import Action, Key, Table
from coldframe.domain.mailbox import Mailbox, mailbox_id

SORT = "R"
KEPT_FOR = timedelta(days=2)
"""Longer than anything asks for."""


@dataclass(frozen=True, slots=True)
class DynamoMailboxes:
    """Written by claims alone."""

    table: Table
    key: Callable[[], bytes]
    """The client's own, which makes lead ids too."""

    def of(self, address: str) -> Mailbox:
        found = mailbox_id(self.key(), address)
        item = self.table.get(_key(found)) or {}
        return Mailbox(
            id=found,
            revision=item.get("revision", 0),
            requested=tuple(map(instant, item.get("requested", []))),
        )


def delivering(table: Table, before: Mailbox, after: Mailbox) -> Action:
    """Count what goes there, if nothing else went there since it was asked about."""
    values: dict[str, object] = {
        "requested": after.requested,
        "next": before.revision + 1,
        "expires": int((max(after.requested) + KEPT_FOR).timestamp()),
    }
    when = "attribute_not_exists(#revision)"
    if before.revision:
        when, values["read"] = "#revision = :read", before.revision
    return table.update(
        _key(before.id),
        "SET #requested = :requested, #revision = :next, #expires_at = :expires",
        when=when,
        values=values,
    )


def _key(mailbox: str) -> Key:
    return f"M#{mailbox}", SORT
