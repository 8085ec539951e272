"""The same language evaluated naively, on the full history, at one instant only: the yardstick."""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any
from zoneinfo import ZoneInfo

from coldframe.domain.conditions import nodes
from coldframe.domain.conditions.decay import Decay, Points, Sum
from coldframe.domain.conditions.nodes import Condition, Node, Type
from coldframe.domain.touchpoint import Touchpoint

_SIGNS: dict[str, Any] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Oracle:
    """Fields are given as Python values: datetimes, dates, numbers, texts, `Sum`s."""

    condition: Condition
    history: Sequence[Touchpoint]
    fields: Mapping[str, Any]
    zone: ZoneInfo
    segments: frozenset[str] = frozenset()

    def holds(self, now: datetime) -> bool:
        return self._value(self.condition.tree, now) is True

    def _value(self, node: Node, now: datetime) -> Any:  # noqa: C901, PLR0911, PLR0912, PLR0915 - one case a node
        def value(other: Node) -> Any:
            return self._value(other, now)

        match node:
            case nodes.Const():
                return _native(node)
            case nodes.Field():
                return self.fields.get(node.name)
            case nodes.Moment():
                first = node.key.startswith("first ")
                times = self._times(node.key)
                return (min if first else max)(times) if times else None
            case nodes.And():
                return all(value(one) is True for one in node.operands)
            case nodes.Or():
                return any(value(one) is True for one in node.operands)
            case nodes.Not():
                return value(node.operand) is not True
            case nodes.IfElse():
                return value(node.then) if value(node.test) is True else value(node.otherwise)
            case nodes.Known():
                return value(node.operand) is not None
            case nodes.Arithmetic():
                left, right = value(node.left), value(node.right)
                return None if left is None or right is None else _SIGNS[node.symbol](left, right)
            case nodes.Compare():
                return _compare(node.symbol, value(node.left), value(node.right))
            case nodes.In():
                item, items = value(node.item), value(node.items)
                missing = item is None or items is None
                return not missing and (item in items) is not node.negated
            case nodes.Matches():
                text = value(node.operand)
                return text is not None and any(
                    fnmatchcase(text.lower(), pattern.lower()) for pattern in node.patterns
                )
            case nodes.InSegment():
                return node.name in self.segments
            case nodes.Counted():
                within = timedelta.max if node.within is None else node.within * _MS
                times = [at for at in self._times(node.key) if now - at < within]
                return _compare(node.symbol, len(times), node.number)
            case nodes.Elapsed():
                instant, duration = value(node.instant), value(node.duration)
                if instant is None or duration is None:
                    return False
                passed = instant - now if node.ahead else now - instant
                return _compare(node.symbol, passed, duration)
            case nodes.CalendarDays():
                return self._days(node, now)
            case nodes.Fading():
                total = self.fields.get(node.name)
                points = round(_points(total, now), 6) if isinstance(total, Sum) else total
                return _compare(node.symbol, points, value(node.number))

    def _days(self, node: nodes.CalendarDays, now: datetime) -> bool:
        day = self._value(node.day, now)
        if isinstance(day, datetime):
            day = day.astimezone(self.zone).date()
        if day is None:
            return False
        passed = (now.astimezone(self.zone).date() - day).days
        count = -passed if node.ahead else passed
        return _compare(node.symbol, count, self._value(node.number, now))

    def _times(self, key: str) -> list[datetime]:
        rule = next(rule for rule in self.condition.memory if rule.key == key)
        return [
            happened.occurred_at
            for happened in self.history
            if happened.kind == rule.kind
            and all(
                fnmatchcase(str(happened.data.get(name, "")), str(wanted))
                for name, wanted in rule.where.items()
            )
        ]


def _native(node: nodes.Const) -> Any:
    if node.type is Type.DURATION and isinstance(node.value, int | float):
        return node.value * _MS
    if node.type is Type.INSTANT and isinstance(node.value, int):
        return datetime(1970, 1, 1, tzinfo=UTC) + node.value * _MS
    if node.type is Type.DATE and isinstance(node.value, int):
        return date.fromordinal(node.value)
    return node.value


def _compare(symbol: str, left: Any, right: Any) -> bool:
    if left is None or right is None:
        return symbol == "==" and left is right
    return bool(_SIGNS[symbol](left, right))


def _points(part: Sum | Points, now: datetime) -> float:
    if isinstance(part, Sum):
        points = sum(_points(one, now) for one in part.parts)
        points = points if part.cap is None else min(points, part.cap)
        return points if part.floor is None else max(points, part.floor)
    age = max(timedelta(), now - part.at) / part.over
    share = {Decay.NONE: 1.0, Decay.HALVING: 0.5**age, Decay.LINEAR: max(0.0, 1 - age)}
    return float(part.points * share[part.decay])
