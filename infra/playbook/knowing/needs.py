"""The facts that a condition rests on, also by way of what is concluded from others."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from coldframe.domain.conditions.nodes import Condition
from coldframe.domain.knowing.asking import GIVEN, ZONE, field_need, memory_need
from coldframe.domain.knowing.rules import LIFECYCLE, EngagementRule, FitRule, since_when

_BY_THE_DAY = "calendar_days"
"""Functions that begin so read the lead's zone."""


@dataclass(slots=True)
class Needs:
    """Grows in the order in which things are concluded."""

    derived: dict[str, frozenset[str]] = field(default_factory=dict)
    segments: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, condition: Condition) -> tuple[str, ...]:
        found = {memory_need(rule.key) for rule in condition.memory}
        for name in condition.fields:
            found |= self.derived.get(name, frozenset({field_need(name)}))
        for name in condition.segments:
            found |= self.segments.get(name, frozenset())
        if _BY_THE_DAY in condition.source:
            found.add(field_need(ZONE))
        return tuple(sorted(found))

    def score(self, fit: Iterable[FitRule], engagement: Iterable[EngagementRule]) -> None:
        self.derived["fit"] = frozenset(need for rule in fit for need in self.of(rule.condition))
        done = frozenset(memory_need(rule.memory) for rule in engagement) | {GIVEN}
        self.derived["engagement"] = done
        self.derived["score"] = self.derived["fit"] | done

    def conclude(self, name: str, conditions: Iterable[Condition]) -> None:
        needs = (need for condition in conditions for need in self.of(condition))
        self.derived[name] = self.derived[since_when(name)] = frozenset(needs)

    def climb(self, rungs: Iterable[Condition]) -> None:
        """Who has reached nothing is a lead since we first heard of it: late news may move that."""
        self.conclude(LIFECYCLE, rungs)
        self.derived[since_when(LIFECYCLE)] |= {field_need("created_at")}
