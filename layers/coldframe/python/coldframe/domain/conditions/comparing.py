"""What the comparison signs mean, missing values included, and when those with a clock change."""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any, Final

from coldframe.domain.conditions.nodes import Value

_SIGNS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
MIRRORED: Final = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The same comparison with its sides exchanged."""


def compare(symbol: str, left: Value, right: Value) -> bool:
    """Missing equals only missing; every other comparison with it is false."""
    if left is None or right is None:
        return symbol == "==" and left is right
    return _SIGNS[symbol](left, right)


def edge_change(symbol: str, edge: float, *, now: int) -> int | None:
    """When ``now <symbol> edge`` next changes its answer: at the edge, or just behind it."""
    first = math.ceil(edge) if symbol in {"<", ">="} else math.floor(edge) + 1
    return first if first > now else None


def window_change(
    symbol: str, number: float, times: Sequence[int], *, within: float, now: int
) -> int | None:
    """When the number of ``times`` younger than ``within`` next compares otherwise."""
    holds = compare(symbol, count_within(times, within=within, now=now), number)
    for time in reversed(times):
        leaves = math.ceil(time + within)
        left = count_within(times, within=within, now=leaves)
        if leaves > now and compare(symbol, left, number) != holds:
            return leaves
    return None


def count_within(times: Sequence[int], *, within: float | None, now: int) -> int:
    """What is as old as the window has left it."""
    if within is None:
        return len(times)
    return sum(now - time < within for time in times)
