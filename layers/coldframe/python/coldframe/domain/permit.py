"""By what a mail passes the gate: the gate that was asked, and what it counts from then on."""

from dataclasses import dataclass
from datetime import datetime

from coldframe.domain.gate import Gate
from coldframe.domain.mailbox import Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    gate: Gate
    """As it was asked: the mail passes if it still is what it was, and nothing forbids the mail."""
    after: Gate
    """What it counts once the mail has passed; the same gate, if the mail is counted already."""
    requested_at: datetime | None = None
    """Of a requested mail: only a bounce, a complaint, an erasure or a later opt-out forbids it."""
    mailbox: Mailbox | None = None
    """Of a requested mail: keeps what was asked for, too, if nothing else went there meanwhile."""

    @property
    def lead(self) -> str:
        return self.gate.lead


def again(gate: Gate, requested_at: datetime | None) -> Permit:
    """For a mail that this gate has counted before."""
    return Permit(gate=gate, after=gate, requested_at=requested_at)
