"""The client's line in memory, by the domain's own rules."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from coldframe.domain.allowance import Allowance, Line, Turn, next_turn
from tests.fakes.clock import FrozenClock
from tests.fakes.writes import Writes


@dataclass(slots=True)
class InMemoryTurns:
    writes: Writes
    clock: FrozenClock
    allowance: Callable[[], Allowance | None]
    line: Line = field(default_factory=Line)
    taken: list[datetime] = field(default_factory=list)

    def take(self, *, requested: bool) -> Turn | None:
        allowance = self.allowance()
        if allowance is None:
            return None
        with self.writes("turns.take"):
            now = int(self.clock.now().timestamp() * 1000)
            at, self.line = next_turn(allowance, self.line, now, requested=requested)
            turn = Turn(at=datetime.fromtimestamp(at / 1000, UTC), why=self.line.why)
            self.taken.append(turn.at)
            return turn

    def rest_until(self, at: datetime) -> None:
        self.clock.at = max(self.clock.at, at)
