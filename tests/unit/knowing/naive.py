"""Segments and scores from scratch, from the full history at one instant: the yardstick."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from coldframe.domain.conditions.decay import Points, Sum
from coldframe.domain.conditions.memory import happened_where
from coldframe.domain.knowing.rules import EngagementRule
from coldframe.domain.playbook import Reactions
from coldframe.domain.touchpoint import FORM_SUBMITTED, NOT_THE_LEAD, Touchpoint
from tests.unit.conditions.oracle import Oracle

READ: dict[str, Any] = {
    "vip": lambda text: text == "true",
    "tasting": datetime.fromisoformat,
    "wedding": date.fromisoformat,
}


def members(reactions: Reactions, history: Sequence[Touchpoint], now: datetime) -> set[str]:
    """Who would be asked about everything at this instant, and only then."""
    fields = told(history)
    zone = ZoneInfo(fields.get("zone", reactions.knowing.zone))
    inside: set[str] = set()

    def holds(condition: Any) -> bool:
        return Oracle(
            condition=condition,
            history=history,
            fields=fields,
            zone=zone,
            segments=frozenset(inside),
        ).holds(now)

    fields |= score(reactions, history, holds)
    for choice in reactions.knowing.scoring.choices:
        found = (option.name for option in choice.options if holds(option.condition))
        fields[choice.field] = next(found, choice.otherwise) or None
    for segment in reactions.knowing.segments:
        if holds(segment.condition):
            inside.add(segment.name)
    return inside


def told(history: Sequence[Touchpoint]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for each in sorted(history, key=lambda one: (one.occurred_at, one.id)):
        if each.kind == FORM_SUBMITTED:
            fields |= {
                name: READ.get(name, str)(value) for name, value in each.data["fields"].items()
            }
    fields["created_at"] = min(each.occurred_at for each in history)
    itself = [each.occurred_at for each in history if each.kind not in NOT_THE_LEAD]
    fields["last_seen"] = max(itself, default=None)
    return fields


def score(reactions: Reactions, history: Sequence[Touchpoint], holds: Any) -> dict[str, Any]:
    scoring = reactions.knowing.scoring
    fit = sum(rule.points for rule in scoring.fit if holds(rule.condition))
    earned = [_earned(rule, reactions, history) for rule in scoring.engagement]
    engagement = Sum(parts=tuple(earned))
    always = Points(points=fit, at=datetime(1970, 1, 1, tzinfo=UTC))
    total = Sum(parts=(Sum(parts=(always,)), engagement))
    return {"fit": fit, "engagement": engagement, "score": total}


def _earned(rule: EngagementRule, reactions: Reactions, history: Sequence[Touchpoint]) -> Sum:
    remembered = next(each for each in reactions.memory if each.key == rule.memory)
    times = sorted(
        each.occurred_at
        for each in history
        if each.kind == remembered.kind and happened_where(each.data, remembered.where)
    )
    parts = tuple(
        Points(points=rule.points, at=at, decay=rule.decay, over=rule.fades_over)
        for at in times[::-1][: rule.keep]
    )
    return Sum(parts=parts, cap=rule.cap) if rule.points > 0 else Sum(parts=parts, floor=-rule.cap)
