"""Conclusions drawn at one instant: score, stage, status, tier, lifecycle, persona, segments.

What no changed fact bears on is left as it stands. That can't differ before the standing's due
instant, so this instant is kept wherever it comes earlier than what was asked anew.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.conditions.evaluate import Evaluation, evaluate
from coldframe.domain.conditions.facts import Facts, Until
from coldframe.domain.knowing.asking import told_by, zone_of_lead
from coldframe.domain.knowing.points import score_of
from coldframe.domain.knowing.rules import (
    LEAD,
    LIFECYCLE,
    Alert,
    Choice,
    Conclusion,
    Knowing,
    since_when,
)
from coldframe.domain.knowing.standing import Held, Reached, Standing

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile


def concluded(
    profile: "Profile",
    knowing: Knowing,
    *,
    now: datetime,
    changed: Collection[str] | None = None,
) -> Standing:
    """The standing at ``now``. ``changed``: the facts that are new; None: ask everything anew."""
    return _drawn(profile, knowing, now, changed).standing(knowing.version)


def facts_at(profile: "Profile", knowing: Knowing, now: datetime) -> Facts:
    """All that a condition may ask of the lead at this instant, what is concluded included."""
    return _drawn(profile, knowing, now, None).facts


def _drawn(
    profile: "Profile", knowing: Knowing, now: datetime, changed: Collection[str] | None
) -> "_Drawing":
    before = profile.standing
    facts = Facts(
        fields=told_by(profile, now),
        memory=profile.memory,
        segments={},
        zone=zone_of_lead(profile, knowing.zone),
    )
    score = score_of(knowing.scoring, facts, profile.given, now=now)
    drawing = _Drawing(
        before=before,
        now=now,
        changed=None if changed is None else frozenset(changed),
        fields={**facts.fields, **score.fields()},
        facts=facts,
        due_at=None if changed is None else before.due_at,
    )
    drawing.facts = Facts(
        fields=drawing.fields, memory=facts.memory, segments=drawing.segments, zone=facts.zone
    )
    drawing.draw(knowing)
    return drawing


@dataclass(slots=True, kw_only=True)
class _Drawing:
    before: Standing
    now: datetime
    changed: frozenset[str] | None
    facts: Facts
    fields: dict[str, object]
    """The facts' own, which grow as conclusions are drawn."""
    due_at: datetime | None
    segments: dict[str, bool | Until] = field(default_factory=dict)
    """Likewise."""
    since: dict[str, datetime] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)
    reached: dict[str, Reached] = field(default_factory=dict)
    alerted: set[str] = field(default_factory=set)

    def draw(self, knowing: Knowing) -> None:
        for choice in knowing.scoring.choices:
            self._choose(choice)
        self._climb(knowing.scoring.lifecycle)
        if knowing.persona:
            self._choose(knowing.persona)
        for segment in knowing.segments:
            self._enter(segment)
        for alert in knowing.alerts:
            self._alert(alert)

    def standing(self, version: str) -> Standing:
        return Standing(
            at=self.now,
            version=version,
            due_at=self.due_at,
            segments=self.since,
            held=self.held,
            reached=self.reached,
            alerted=frozenset(self.alerted),
        )

    def _choose(self, choice: Choice) -> None:
        held, until = self.before.held.get(choice.field), self.before.due_at
        value = held.value if held else choice.otherwise
        if self._bears_on(choice.options):
            value, until = choice.otherwise, None
            for option in choice.options:
                found = self._ask(option)
                until = _sooner(until, found.next_at)
                if found.value is True:
                    value = option.name
                    break
        if value:
            same = held and held.value == value
            self.held[choice.field] = held if held and same else Held(value=value, since=self.now)
        now_held = self.held.get(choice.field)
        self.fields[choice.field] = Until(value=value or None, next_at=until)
        self.fields[since_when(choice.field)] = Until(
            value=now_held and now_held.since, next_at=until
        )

    def _climb(self, lifecycle: tuple[Conclusion, ...]) -> None:
        """From the furthest down to what is reached already: what lies below that is behind it."""
        self.reached = dict(self.before.reached)
        until = self.due_at if self.changed is not None else None
        for rung in reversed(lifecycle):
            if rung.name in self.reached:
                break
            if not self._bears_on([rung]):
                continue
            found = self._ask(rung)
            until = _sooner(until, found.next_at)
            if found.value is True:
                why = evaluate(rung.condition, self.facts, now=self.now, explain=True).because
                self.reached[rung.name] = Reached(at=self.now, why=why)
                break
        climbed = [rung.name for rung in lifecycle if rung.name in self.reached]
        furthest = climbed[-1] if climbed else LEAD
        since = self.reached[furthest].at if climbed else self.fields["created_at"]
        self.fields[LIFECYCLE] = Until(value=furthest, next_at=until)
        self.fields[since_when(LIFECYCLE)] = Until(value=since, next_at=until)

    def _enter(self, segment: Conclusion) -> None:
        name = segment.name
        inside, until = name in self.before.segments, self.before.due_at
        if self._bears_on([segment]):
            found = self._ask(segment)
            inside, until = found.value is True, found.next_at
        if inside:
            self.since[name] = self.before.segments.get(name, self.now)
        self.segments[name] = Until(value=inside, next_at=until)

    def _alert(self, alert: Alert) -> None:
        """One that has fired is only asked whether it rests, one that hasn't whether it fires."""
        fired = alert.name in self.before.alerted
        asked, then = (alert.rests, alert.fires) if fired else (alert.fires, alert.rests)
        if asked and self._bears_on([asked]) and self._ask(asked).value is True:
            fired = not fired
            if then:
                self._ask(then)
        if fired:
            self.alerted.add(alert.name)

    def _bears_on(self, conclusions: Iterable[Conclusion]) -> bool:
        changed = self.changed
        if changed is None:
            return True
        return any(not changed.isdisjoint(each.needs) for each in conclusions)

    def _ask(self, conclusion: Conclusion) -> Evaluation:
        found = evaluate(conclusion.condition, self.facts, now=self.now)
        self.due_at = _sooner(self.due_at, found.next_at)
        return found


def _sooner(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)
