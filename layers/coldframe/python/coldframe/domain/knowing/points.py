"""A lead's score as sums of points that fade, from its fields and its memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from coldframe.domain.conditions.decay import Decay, Points, Sum
from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.conditions.facts import Facts, Until
from coldframe.domain.conditions.memory import Memory
from coldframe.domain.knowing.rules import ENGAGEMENT, FIT, SCORE, EngagementRule, Scoring

GIVEN_KEPT: Final = 20
"""So many of the newest points that journeys gave count."""
_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Points that a journey gave or took."""

    points: float
    at: datetime
    why: str


Gifts: TypeAlias = Mapping[str, Given]
"""By the touchpoint's id."""

Grouped: TypeAlias = list[tuple[str, Sum]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """``until``: when fit may next differ by the clock."""

    fit: Sum
    engagement: Sum
    until: datetime | None

    def fields(self) -> dict[str, object]:
        """As conditions are given them."""
        total = Sum(parts=(self.fit, self.engagement))
        return {
            FIT: Until(value=self.fit.at(_EVER), next_at=self.until),
            ENGAGEMENT: self.engagement,
            SCORE: Until(value=total, next_at=self.until),
        }


def score_of(scoring: Scoring, facts: Facts, given: Gifts, *, now: datetime) -> Score:
    """``facts`` hold what fit rules ask for: the lead's fields and memory."""
    fit: Grouped = []
    until: datetime | None = None
    for rule in scoring.fit:
        found = evaluate(rule.condition, facts, now=now)
        until = min(filter(None, (until, found.next_at)), default=None)
        if found.value is True:
            fit.append((rule.group, Sum(parts=(Points(points=rule.points, at=_EVER),))))
    done = [(rule.group, earned(rule, facts.memory)) for rule in scoring.engagement]
    done += [("", Sum(parts=tuple(gift_points(scoring, gift) for gift in given.values())))]
    return Score(
        fit=_capped(fit, scoring.groups), engagement=_capped(done, scoring.groups), until=until
    )


def earned(rule: EngagementRule, memory: Memory) -> Sum:
    """What one rule gives: each of the times counts, fading from its own instant."""
    parts = tuple(
        Points(points=rule.points, at=at, decay=rule.decay, over=rule.fades_over)
        for at, _ in memory.get(rule.memory, ())[: rule.keep]
    )
    if rule.points < 0:
        return Sum(parts=parts, floor=-rule.cap)
    return Sum(parts=parts, cap=rule.cap)


def newest(given: Gifts, touchpoint: str, gift: Given) -> Gifts:
    """With one more; the very same if nothing changes. Whatever the order, the same are kept."""
    if touchpoint in given:
        return given
    ordered = sorted({**given, touchpoint: gift}.items(), key=lambda each: (each[1].at, each[0]))
    kept = dict(ordered[-GIVEN_KEPT:])
    return kept if touchpoint in kept else given


def gift_points(scoring: Scoring, gift: Given) -> Points:
    over = timedelta(seconds=scoring.over or 1)
    return Points(points=gift.points, at=gift.at, decay=Decay(scoring.decay), over=over)


def _capped(sums: Iterable[tuple[str, Sum]], caps: Mapping[str, float]) -> Sum:
    """Those of one group are held to its cap together."""
    free: list[Points | Sum] = []
    groups: dict[str, list[Points | Sum]] = {}
    for group, total in sums:
        (groups.setdefault(group, []) if group in caps else free).extend(_loosened(total))
    held = [Sum(parts=tuple(parts), cap=caps[name]) for name, parts in groups.items() if parts]
    return Sum(parts=(*free, *held))


def _loosened(total: Sum) -> "tuple[Points | Sum, ...]":
    """Its parts alone where its bounds can never matter: what fades only comes nearer to 0."""
    full = [part.points for part in total.parts if isinstance(part, Points)]
    fits = (total.cap is None or sum(full) <= total.cap) and (
        total.floor is None or sum(full) >= total.floor
    )
    fits = fits and len(full) == len(total.parts)
    one_sign = all(points > 0 for points in full) or all(points < 0 for points in full)
    return total.parts if fits and (one_sign or total.cap is total.floor) else (total,)
