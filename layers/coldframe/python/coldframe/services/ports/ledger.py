"""Claims and messages: at most once, never losing track."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coldframe.domain.enrolment import Claim, Enrolment, Stand
    from coldframe.domain.message import Message
    from coldframe.domain.permit import Permit


class Ledger(Protocol):
    """Claims and messages: at most once, never losing track.

    A claim's ``message`` is what is recorded to be `sending` at once; its condition: none yet, or
    put off. Whoever loses learns which condition failed: SuppressedContact (a prohibition now
    stands), StaleLead (gate, mailbox or message moved; read again).
    """

    def claim(
        self,
        claim: Claim,
        permit: Permit | None,
        *,
        enrolment: Enrolment,
        key: str,
        stand: Stand,
        message: Message | None = None,
    ) -> None:
        """One transaction: the enrolment records step, token and claim; the gate counts.

        Enrolment's condition: open, of this generation, nothing claimed under ``key`` yet.
        No permit (a notice to the client's people): the enrolment alone.
        Raises Left (closed or newer run) and AlreadyClaimed, too.
        """

    def claim_broadcast(
        self, claim: Claim, permit: Permit, *, occurrence: str, message: Message | None = None
    ) -> None:
        """The same for a broadcast's recipient, whose enrolment item it creates, closed.

        The claim's key is its mail; AlreadyClaimed when the item exists.
        """

    def message(self, lead: str, message: str) -> Message | None:
        """Read consistently."""

    def sending(self, message: Message, *, permit: Permit | None = None) -> None:
        """Written just before the call; StaleLead unless there is none yet, or one that was only
        deferred, or one that is `sending` with a lower ``attempt``. No old reason stays with it.

        ``permit``: for a claim of long ago; the gate is asked once more, as by `claim`, and moves.
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
