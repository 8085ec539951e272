"""A mail's place in the client's line: asked for last, and once, however often it is tried."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.allowance import (
    IN_LINE,
    KEPT_FOR,
    LONGEST_NAP,
    STRANGER,
    WAITS_FOR_A_TURN,
    Allowance,
    Turn,
)
from coldframe.domain.local_time import spread
from coldframe.domain.message import MessageState
from coldframe.domain.sending import Answer, Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from coldframe.domain.message import Message
    from coldframe.domain.profile import Profile
    from coldframe.services.ports import Clock
    from coldframe.services.ports.turns import Turns


@dataclass(slots=True, kw_only=True)
class InTurn:
    turns: Turns | None
    """None: this doesn't go by SES."""
    clock: Clock
    requested: bool
    known: Message | None = None
    """What is on record: it may have its turn already."""
    _turn: Turn | None = field(default=None, init=False)
    """What was taken, and holds however often it is asked again."""

    def __call__(
        self, profile: Profile | None, ask: Callable[[datetime], Answer]
    ) -> tuple[Answer, datetime]:
        """What ``ask`` says of the instant at which the mail goes, which is its turn; slept for,
        if it comes within seconds."""
        now = self.clock.now()
        answer = ask(now)
        allowance = self.turns.allowance() if self.turns else None
        if allowance is None or profile is None or answer.word is not Word.GO:
            return answer, now
        if self._has_turn(now):
            return answer, now
        if stands_back := self._stands_back(allowance, profile, now):
            return stands_back, now
        return self._at_its_turn(answer, ask, now)

    def _at_its_turn(
        self, answer: Answer, ask: Callable[[datetime], Answer], now: datetime
    ) -> tuple[Answer, datetime]:
        turn = self._turn = self._turn or self._take(now)
        if turn.at <= now:
            return answer, now
        if turn.at - now > LONGEST_NAP:
            return Answer(word=Word.NOT_YET, why=turn.why, until=turn.at), now
        then = ask(turn.at)
        if then.word is not Word.GO or self.turns is None:
            return then, now
        self.turns.rest_until(turn.at)
        return then, turn.at

    def _has_turn(self, now: datetime) -> bool:
        """One of before that comes just now, or has been kept."""
        known = self.known
        if known is None or known.state is not MessageState.DEFERRED:
            return False
        until = known.until if known.why in WAITS_FOR_A_TURN else None
        return until is not None and until <= now <= until + KEPT_FOR

    def _stands_back(self, allowance: Allowance, profile: Profile, now: datetime) -> Answer | None:
        """Those who were there lately go first, while a sender is very new."""
        until = None if self.requested else allowance.waits_for_others(profile, now)
        if until is None:
            return None
        later = until + spread(profile.lead, STRANGER)
        return Answer(word=Word.NOT_YET, why=STRANGER, until=later)

    def _take(self, now: datetime) -> Turn:
        found = self.turns.take(requested=self.requested) if self.turns else None
        return found or Turn(at=now, why=IN_LINE)
