"""Sums of points that fade, and when a comparison with one may next change its answer."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from coldframe.domain.conditions.comparing import compare
from coldframe.domain.conditions.instants import DAY, LAST, to_ms

_REFINEMENTS: Final = 24
"""How often a lower bound is improved before it is good enough to wake up for."""
_DECIMALS: Final = 6
"""Of a sum that is compared: so that one that only nears a mark meets it in the end."""
_SLACK: Final = 1e-12
"""What floating point may be off by, of the points that are summed: far below a decimal."""


class Decay(StrEnum):
    NONE = "none"
    HALVING = "halving"
    """``over`` is the half-life."""
    LINEAR = "linear"
    """Nothing is left after ``over``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points given at an instant; before it they count in full."""

    points: float
    at: datetime
    decay: Decay = Decay.NONE
    over: timedelta = timedelta(days=30)

    def __post_init__(self) -> None:
        if self.over <= timedelta(0):
            raise ValueError("points need some time to decay over")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Points and sums of points, held between a floor and a cap (of a rule, a group or a score)."""

    parts: "tuple[Points | Sum, ...]" = ()
    floor: float | None = None
    cap: float | None = None

    def at(self, now: datetime) -> float:
        """Rounded to a millionth of a point."""
        return _faded(self).rounded(to_ms(now))


def fading_change(symbol: str, total: Sum, number: float, *, now: int) -> int | None:
    """The first instant after ``now`` with the other answer, or one before it; never one after.

    Exact where the sum only falls or only rises; else a lower bound, which is improved as long as
    the answer there is still the same.
    """
    faded = _faded(total)
    holds = compare(symbol, faded.rounded(now), number)
    start = now
    for _ in range(_REFINEMENTS):
        change = _possible_change(symbol, faded, number, start=start, holds=holds)
        if change is None or compare(symbol, faded.rounded(change), number) != holds:
            return change
        start = change
    return start


def _possible_change(
    symbol: str, faded: "_Faded", number: float, *, start: int, holds: bool
) -> int | None:
    """The first instant at which the sum's bounds no longer rule the other answer out."""
    worst = 0 if (symbol in {">", ">="}) == holds else 1
    one_way, condensed = faded.one_way(start), faded.condensed(start)

    def still(end: int) -> bool:
        points = faded.at(end) if one_way else condensed.bounds(start, end)[worst]
        return compare(symbol, round(points, _DECIMALS), number) == holds

    same, other = start, LAST
    if still(other):
        return None
    step = DAY
    while start + step < LAST and still(start + step):
        same, step = start + step, 2 * step
    other = min(start + step, LAST)
    while other - same > 1:
        middle = (same + other) // 2
        same, other = (middle, other) if still(middle) else (same, middle)
    return other


_Bounds: TypeAlias = tuple[float, float]


class _Fading(NamedTuple):
    """`Points`, ready for many calculations."""

    points: float
    given: int
    over: float
    decay: Decay

    def at(self, now: int) -> float:
        age = max(0, now - self.given) / self.over
        if self.decay is Decay.HALVING:
            return self.points * math.exp2(-age)
        return self.points * max(0.0, 1.0 - age) if self.decay is Decay.LINEAR else self.points

    def bounds(self, start: int, end: int) -> _Bounds:
        first, last = self.at(start), self.at(end)
        return (last, first) if self.points > 0 else (first, last)


class _Faded(NamedTuple):
    """A `Sum`, ready for many calculations."""

    parts: "tuple[_Fading | _Faded, ...]"
    floor: float
    cap: float

    def at(self, now: int) -> float:
        return self._held(sum(part.at(now) for part in self.parts))

    def rounded(self, now: int) -> float:
        return round(self.at(now), _DECIMALS)

    def bounds(self, start: int, end: int) -> _Bounds:
        """Between which values the sum stays from ``start`` to ``end``."""
        both = [part.bounds(start, end) for part in self.parts]
        low, high = sum(one for one, _ in both), sum(one for _, one in both)
        slack = _SLACK * sum(max(abs(one), abs(other)) for one, other in both)
        return self._held(low - slack), self._held(high + slack)

    def condensed(self, start: int) -> "_Faded":
        """The same sum from ``start`` on, with one part for all that halve together."""
        halving: dict[float, float] = {}
        rest: list[_Fading | _Faded] = []
        for part in self.parts:
            if isinstance(part, _Faded):
                rest.append(part.condensed(start))
            elif part.decay is Decay.HALVING and part.given <= start:
                halving[part.over] = halving.get(part.over, 0.0) + part.at(start)
            else:
                rest.append(part)
        together = [_Fading(points, start, over, Decay.HALVING) for over, points in halving.items()]
        return self._replace(parts=(*rest, *together))

    def one_way(self, start: int) -> bool:
        """Whether it surely only falls, or only rises, from then on."""
        if len(self.signs()) <= 1:
            return True
        first = self.parts[0]
        return isinstance(first, _Fading) and all(
            isinstance(part, _Fading)
            and part.decay is Decay.HALVING
            and part.over == first.over
            and part.given <= start
            for part in self.parts
        )

    def signs(self) -> set[bool]:
        found: set[bool] = set()
        for part in self.parts:
            found |= part.signs() if isinstance(part, _Faded) else {part.points > 0}
        return found

    def _held(self, points: float) -> float:
        return max(self.floor, min(points, self.cap))


def _faded(total: Sum) -> _Faded:
    return _Faded(
        parts=tuple(_faded(one) if isinstance(one, Sum) else _fading(one) for one in total.parts),
        floor=-math.inf if total.floor is None else total.floor,
        cap=math.inf if total.cap is None else total.cap,
    )


def _fading(points: Points) -> _Fading:
    over = points.over / timedelta(milliseconds=1)
    return _Fading(points.points, to_ms(points.at), over, points.decay)
