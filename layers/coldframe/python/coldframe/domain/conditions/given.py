"""What each part of a condition is given, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from coldframe.domain.conditions.decay import Sum
from coldframe.domain.conditions.facts import Facts, Until, read
from coldframe.domain.conditions.instants import from_ms, to_ms
from coldframe.domain.conditions.nodes import Type, Value
from coldframe.domain.conditions.words import Clause


class Outcome(NamedTuple):
    value: Value
    until: int | None
    """The first instant after now at which the value may differ; None: never."""
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    facts: Facts
    now: int
    explain: bool

    def answer(self, holds: bool, until: int | None, words: Callable[[], str]) -> Outcome:  # noqa: FBT001 - an answer's own value comes first, as in Outcome
        clauses = (Clause(holds=holds, text=words()),) if self.explain else ()
        return Outcome(holds, until, clauses)

    def field(self, name: str, type_: Type) -> Outcome:
        raw, until = self.raw(name)
        if isinstance(raw, Sum):
            at = from_ms(self.now)
            raw = None if at is None else raw.at(at)
        return Outcome(read(raw, type_), until)

    def raw(self, name: str) -> tuple[object, int | None]:
        """The field's value as it was given, and when it may next differ."""
        return self._current(self.facts.fields.get(name))

    def segment(self, name: str) -> tuple[bool, int | None]:
        inside, until = self._current(self.facts.segments.get(name, False))
        return inside is True, until

    def times(self, key: str) -> list[int]:
        """Newest first."""
        return [to_ms(at) for at, _ in self.facts.memory.get(key, ())]

    def _current(self, raw: object) -> tuple[object, int | None]:
        if not isinstance(raw, Until):
            return raw, None
        until = None if raw.next_at is None else max(to_ms(raw.next_at), self.now + 1)
        return raw.value, until
