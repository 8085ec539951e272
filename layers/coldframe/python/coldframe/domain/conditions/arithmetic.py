"""Plus, minus, times and by, where what can't be calculated is missing."""

import math
import operator
from collections.abc import Callable
from typing import Any, Final

from coldframe.domain.conditions.nodes import Value

_SIGNS: Final[dict[str, Callable[[Any, Any], int | float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_LARGEST: Final = 1e30


def calculate(symbol: str, left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    try:
        result = _SIGNS[symbol](left, right)
    except (ZeroDivisionError, OverflowError):
        return None
    return result if math.isfinite(result) and abs(result) <= _LARGEST else None
