"""Turns to send: one item tells where the line ends, and a mail moves it on by one write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import sleep
from typing import TYPE_CHECKING, Any, Final

from coldframe.adapters.attributes import Item
from coldframe.adapters.table import Action, ConditionFailed, Table
from coldframe.domain.allowance import HOUR, IN_LINE, SECOND, Allowance, Line, Turn, next_turn
from coldframe.domain.errors import StaleLead

if TYPE_CHECKING:
    from coldframe.services.ports import Clock

KEY: Final = ("SENDING", "LINE")
ROUNDS: Final = 6
READ: Final = ("said", "next", "asked", "hour", "mails")


@dataclass(slots=True)
class DynamoTurns:
    """Remembers what it saw last: who comes often needs no look before the write."""

    table: Table
    allowance: Callable[[], Allowance | None]
    clock: "Clock"
    nap: Callable[[float], None] = sleep
    _seen: Item | None = field(default=None, init=False)

    def take(self, *, requested: bool) -> Turn | None:
        allowance = self.allowance()
        if allowance is None:
            return None
        for _ in range(ROUNDS):
            if self._seen is None:
                self._seen = self.table.get(KEY) or {}
            asked = _Asked(
                allowance=allowance, seen=self._seen, now=_ms(self.clock.now()), requested=requested
            )
            try:
                self._seen = self.table.updated(asked.moving(self.table))
            except ConditionFailed as lost:
                self._seen = lost.item or {}
                continue
            return asked.turn_of(self._seen)
        raise StaleLead(KEY[1])

    def rest_until(self, at: datetime) -> None:
        self.nap((at - self.clock.now()).total_seconds())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    allowance: Allowance
    seen: Item
    now: int
    requested: bool

    @property
    def end(self) -> str:
        return "asked" if self.requested else "next"

    @property
    def step(self) -> int:
        return self.allowance.step(requested=self.requested)

    def moving(self, table: Table) -> Action:
        """Where nothing but the line's end moves, whoever else moved it meanwhile is no matter."""
        line = _line_of(self.seen, self.allowance)
        turn, after = next_turn(self.allowance, line, self.now, requested=self.requested)
        steady = (
            self.seen.get("said") == self.allowance.said
            and after.hour == line.hour
            and turn == max(self.now, line.end(requested=self.requested))
        )
        if not steady:
            return self._anew(table, after)
        return self._at_once(table, line) if turn == self.now else self._behind(table, line)

    def turn_of(self, moved: Item) -> Turn:
        return Turn(at=_instant(moved[self.end] - self.step), why=moved["why"])

    def _at_once(self, table: Table, line: Line) -> Action:
        whys = "" if self.requested else ", #why = :in_line"
        told = {} if self.requested else {"in_line": IN_LINE}
        values = {**told, "now": self.now, "after": self.now + self.step}
        return self._moved(table, line, f"#{self.end} = :after{whys}", "<= :now", values)

    def _behind(self, table: Table, line: Line) -> Action:
        """The line still ends within the hour that is counted."""
        values = {"now": self.now, "step": self.step}
        still = f"> :now AND #{self.end} < :over" if self.allowance.limited else "> :now"
        if self.allowance.limited:
            values["over"] = (line.hour + 1) * HOUR
        return self._moved(table, line, f"#{self.end} = #{self.end} + :step", still, values)

    def _moved(
        self, table: Table, line: Line, do: str, ends: str, values: Mapping[str, Any]
    ) -> Action:
        when = f"#said = :said AND #hour = :hour AND #{self.end} {ends}"
        room: dict[str, int] = {}
        if self.allowance.limited and not self.requested:
            limit, _ = self.allowance.limit_at(line.hour * HOUR)
            room = {"room": limit - line.within(line.hour) + line.mails} if limit else {}
        return table.update(
            KEY,
            f"SET {do}, #mails = #mails + :one",
            when=f"{when} AND #mails < :room" if room else when,
            values={"said": self.allowance.said, "hour": line.hour, "one": 1, **room, **values},
        )

    def _anew(self, table: Table, after: Line) -> Action:
        """If the item is as it was seen."""
        told = {name: self.seen.get(name) for name in READ} if self.seen else {}
        when = " AND ".join(f"#{name} = :was_{name}" for name in told)
        return table.update(
            KEY,
            "SET #said = :said, #next = :next, #asked = :asked, #hour = :hour, #mails = :mails,"
            " #past = :past, #why = :why",
            when=when or "attribute_not_exists(#said)",
            values={
                "said": self.allowance.said,
                "next": after.next,
                "asked": after.asked,
                "hour": after.hour,
                "mails": after.mails,
                "past": {str(hour): mails for hour, mails in after.past.items()},
                "why": after.why,
                **{f"was_{name}": value for name, value in told.items()},
            },
        )


def _line_of(item: Item, allowance: Allowance) -> Line:
    """Of a line that was made under other rules, only what has been sent counts."""
    if not item:
        return Line()
    line = Line(
        next=item["next"],
        asked=item["asked"],
        hour=item["hour"],
        mails=item["mails"],
        past={int(hour): mails for hour, mails in item["past"].items()},
        why=item["why"],
    )
    return line if item["said"] == allowance.said else replace(line, next=0, asked=0, why=IN_LINE)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * SECOND)


def _instant(ms: int) -> datetime:
    return datetime.fromtimestamp(int(ms) / SECOND, UTC)
