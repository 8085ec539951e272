"""What is concluded of a client's leads, compiled; every mistake is reported at its place."""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Final

from coldframe.domain.conditions.nodes import Condition, MemoryRule
from coldframe.domain.knowing.rules import (
    COLD,
    Alert,
    Choice,
    Conclusion,
    EngagementRule,
    FitRule,
    Knowing,
    Scoring,
)
from infra.playbook.conditions.catalogue import Catalogue
from infra.playbook.conditions.comparisons import MOST_COUNTED
from infra.playbook.conditions.compiling import compile_condition
from infra.playbook.conditions.parsing import ConditionMistakes
from infra.playbook.knowing.expressions import contents, did
from infra.playbook.knowing.needs import Needs
from infra.playbook.knowing.order import in_order, too_early
from infra.playbook.knowing.source import (
    ContentSource,
    Engagement,
    KnowingSource,
    Named,
    Raising,
    ScoringSource,
)
from infra.reading.problems import Spot

_SCORE: Final = frozenset({"score", "fit", "engagement"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    knowing: Knowing = field(default_factory=Knowing)
    memory: tuple[MemoryRule, ...] = ()
    """What must be remembered for it."""


def compile_knowing(source: KnowingSource, catalogue: Catalogue, *, zone: str) -> Concluded:
    compiling = _Compiling(catalogue=catalogue)
    scoring = compiling.scoring(source)
    persona = compiling.personas(source.personas)
    segments = compiling.segments(source)
    alerts = compiling.alerts(source.scoring)
    knowing = Knowing(zone=zone, scoring=scoring, persona=persona, segments=segments, alerts=alerts)
    return Concluded(knowing=knowing, memory=tuple(compiling.memory))


def version_of(knowing: Knowing, memory: Iterable[MemoryRule], dates: Iterable[object]) -> str:
    """Another one whenever leads must be asked anew; empty when there is nothing to ask."""
    parts = [asdict(knowing), [asdict(rule) for rule in memory], [repr(date) for date in dates]]
    if not any((list(knowing.conditions()), knowing.scoring.engagement, *parts[1:])):
        return ""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(slots=True, kw_only=True)
class _Compiling:
    catalogue: Catalogue
    memory: list[MemoryRule] = field(default_factory=list)
    needs: Needs = field(default_factory=Needs)

    def scoring(self, source: KnowingSource) -> Scoring:
        told, strict = source.scoring, source.own_scoring
        fit = tuple(self._fit(told, strict=strict))
        engagement = tuple(self._engagement(told, strict=strict))
        self.needs.score(fit, engagement)
        choices = (
            self._choice("stage", self._stages(source.content)),
            self._choice("status", self._statuses(told, strict=strict), otherwise="open"),
            self._choice("tier", self._tiers(told, strict=strict), otherwise=COLD),
        )
        lifecycle = tuple(self._lifecycle(told, strict=strict))
        self.needs.climb(rung.condition for rung in lifecycle)
        return Scoring(
            fit=fit,
            engagement=engagement,
            groups=told.groups,
            decay=told.fading.decay,
            over=int(told.fading.over.total_seconds()),
            choices=choices,
            lifecycle=lifecycle,
        )

    def _fit(self, source: ScoringSource, *, strict: bool) -> Iterator[FitRule]:
        for rule in source.fit:
            condition = self._condition(rule.asked, rule.spot, before="stage", strict=strict)
            if condition and _SCORE.isdisjoint(condition.fields):
                yield FitRule(
                    points=rule.points, condition=condition, group=rule.group, why=rule.why
                )
            elif condition:
                rule.spot.report("a rule of fit can't ask for the score that it is a part of")

    def _engagement(self, source: ScoringSource, *, strict: bool) -> Iterator[EngagementRule]:
        for rule in source.engagement:
            keep = min(MOST_COUNTED, math.ceil(rule.cap / abs(rule.points)))
            asked = did(rule.event, rule.where, f">= {keep}")
            condition = self._condition(
                asked, rule.spot, before="stage", strict=strict, whole=False
            )
            if condition:
                yield _earning(rule, condition.memory[0].key, keep)

    def _stages(self, source: ContentSource) -> Iterator[Conclusion]:
        """The furthest first."""
        for stage in reversed(source.stages):
            asked = " or ".join(contents(stage, int(source.within.total_seconds() // 60)))
            condition = self._condition(asked, stage.spot, before="stage", whole=False)
            if condition:
                yield self._conclusion(stage.stage, condition)

    def _statuses(self, source: ScoringSource, *, strict: bool) -> Iterator[Conclusion]:
        for named in (*source.disqualify, *source.status):
            yield from self._named(named, before="status", strict=strict)

    def _tiers(self, source: ScoringSource, *, strict: bool) -> Iterator[Conclusion]:
        """Who is disqualified is cold, whatever the score."""
        for named in source.disqualify:
            cold = replace(named, name=COLD)
            yield from self._named(cold, before="status", strict=strict, again=True)
        for name, points in source.tiers.items():
            yield self._conclusion(name, self._sure(f"score >= {points:g}"))

    def _lifecycle(self, source: ScoringSource, *, strict: bool) -> Iterator[Conclusion]:
        for named in source.lifecycle:
            for found in self._named(named, before="lifecycle", strict=strict):
                asked = f'status != "disqualified" and ({found.condition.source})'
                barred = bool(source.disqualify)
                yield self._conclusion(named.name, self._sure(asked)) if barred else found

    def personas(self, personas: tuple[Named, ...]) -> Choice | None:
        if not personas:
            return None
        asked = [named for named in personas if named.asked]
        otherwise = next((named.name for named in personas if not named.asked), "")
        found = [each for named in asked for each in self._named(named, before="persona")]
        return self._choice("persona", found, otherwise=otherwise)

    def segments(self, source: KnowingSource) -> tuple[Conclusion, ...]:
        compiled: dict[str, Condition] = {}
        for name, named in (source.segments or {}).items():
            condition = self._condition(
                named.asked, named.spot, before="", strict=source.own_segments
            )
            if condition:
                compiled[name] = condition
        order, circles = in_order(compiled)
        sources = source.segments or {}
        for circle in circles:
            sources[circle[0]].spot.report(f"asks for itself: {' → '.join(circle)}")
        found = []
        for name in order:
            named = sources[name]
            conclusion = self._conclusion(name, compiled[name], label=named.label, why=named.why)
            self.needs.segments[name] = frozenset(conclusion.needs)
            found.append(conclusion)
        return tuple(found)

    def alerts(self, source: ScoringSource) -> tuple[Alert, ...]:
        return tuple(self._alert(raising, source) for raising in source.alerts)

    def _alert(self, raising: Raising, source: ScoringSource) -> Alert:
        name = f"{raising.about}.{raising.name}"
        if raising.about == "lifecycle":
            fires = self._sure(f'lifecycle == "{raising.name}"')
            return Alert(name=name, fires=self._conclusion(name, fires))
        points = source.tiers[raising.name]
        fires = self._sure(f'score >= {points:g} and tier == "{raising.name}"')
        rests = self._sure(f"score < {points - raising.margin:g}")
        return Alert(
            name=name,
            fires=self._conclusion(name, fires),
            rests=self._conclusion(name, rests),
        )

    def _choice(self, name: str, options: Iterable[Conclusion], *, otherwise: str = "") -> Choice:
        found = tuple(options)
        self.needs.conclude(name, (option.condition for option in found))
        return Choice(field=name, options=found, otherwise=otherwise)

    def _named(
        self, named: Named, *, before: str, strict: bool = True, again: bool = False
    ) -> Iterator[Conclusion]:
        condition = self._condition(
            named.asked, named.spot, before=before, strict=strict and not again
        )
        if condition:
            yield self._conclusion(named.name, condition, label=named.label, why=named.why)

    def _conclusion(
        self, name: str, condition: Condition, *, label: str = "", why: str = ""
    ) -> Conclusion:
        needs = self.needs.of(condition)
        return Conclusion(name=name, condition=condition, label=label, why=why, needs=needs)

    def _sure(self, asked: str) -> Condition:
        """Of our own making: it can't be wrong."""
        return compile_condition(asked, catalogue=self.catalogue)

    def _condition(
        self, asked: str, spot: Spot, *, before: str, strict: bool = True, whole: bool = True
    ) -> Condition | None:
        """``whole``: the author wrote the expression, so that places in it mean something."""
        try:
            condition = compile_condition(asked, catalogue=self.catalogue)
        except ConditionMistakes as wrong:
            for mistake in wrong.mistakes if strict else ():
                spot.report(mistake.within(asked) if whole else mistake.text)
            return None
        if problem := too_early(condition, before):
            spot.report(problem)
            return None
        self.memory += condition.memory
        return condition


def _earning(rule: Engagement, memory: str, keep: int) -> EngagementRule:
    return EngagementRule(
        points=rule.points,
        memory=memory,
        keep=keep,
        cap=rule.cap,
        decay=rule.fading.decay,
        over=int(rule.fading.over.total_seconds()),
        group=rule.group,
        why=rule.why,
    )
