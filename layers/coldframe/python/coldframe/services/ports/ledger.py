"""Claims and messages: at most once, never losing track."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coldframe.domain.enrolment import Claim, Enrolment, Stand
    from coldframe.domain.gate import Gate
    from coldframe.domain.mailbox import Mailbox
    from coldframe.domain.message import Message


class Ledger(Protocol):
    """Claims and messages: at most once, never losing track."""

    def claim(
        self,
        *,
        enrolment: Enrolment,
        key: str,
        claim: Claim,
        gate: Gate | None,
        gate_after: Gate | None,
        stand: Stand,
        requested_at: datetime | None,
        mailbox: Mailbox | None = None,
        message: Message | None = None,
    ) -> None:
        """One transaction: the enrolment records step, token and claim; the gate counts.

        Enrolment's condition: open, of this generation, claim not yet recorded.
        Gate's condition: still of ``gate.revision``, held and preferred as it was, and free of
        prohibitions (of a requested mail: bounce, complaint, erasure, or an opt-out later than
        ``requested_at``).
        ``mailbox``, of a requested mail: keeps what ``gate_after`` says was asked for; its
        condition: still of its revision (else StaleLead).
        ``message``: what is recorded to be `sending` at once; its condition: none yet, or put off.
        ``gate is None`` (a notice to the client's people): the enrolment alone.
        Raises Left (closed or newer run), AlreadyClaimed, SuppressedContact (a prohibition now
        stands), StaleLead (the gate moved; read again). Who loses learns which condition failed.
        """

    def claim_broadcast(
        self,
        *,
        lead: str,
        occurrence: str,
        claim: Claim,
        gate: Gate,
        gate_after: Gate,
        requested_at: datetime | None = None,
        mailbox: Mailbox | None = None,
        message: Message | None = None,
    ) -> None:
        """The same for a broadcast's recipient, whose enrolment item it creates, closed.

        The claim's key is its mail; AlreadyClaimed when the item exists.
        """

    def message(self, lead: str, message: str) -> Message | None:
        """Read consistently."""

    def sending(
        self, message: Message, *, gate: Gate | None = None, requested_at: datetime | None = None
    ) -> None:
        """Written just before the call; StaleLead unless there is none yet, or one that was only
        deferred, or one that is `sending` with a lower ``attempt``. No old reason stays with it.

        ``gate``: for a claim of long ago; the gate is asked once more, as by `claim`, and moves.
        """

    def sent(self, message: Message) -> None:
        """sending → sent, with SES's id and the content's hash; harmless when sent already."""

    def release(self, message: Message) -> None:
        """This attempt's `sending` → deferred: SES surely took nothing (it throttled, or was never
        called). Another's attempt, which ``by`` tells apart, is left alone.
        """

    def settle(self, message: Message) -> None:
        """Record deferred (over none or deferred), refused or unknown (over all but sent)."""


class EmailEvents(Protocol):
    def of(self, lead: str) -> Sequence[Message]:
        """All of a lead's, read consistently."""

    def update(self, lead: str, message: str, facts: dict[str, str]) -> None:
        """Facts of one message (``sent_at``, ``delivered_at``, ``delayed_at``, …): the first of
        each is kept; that it was sent or delivered settles `sending` and `unknown` as `sent`.

        A message that isn't there (another sender's, an erased lead's) is left alone.
        """
