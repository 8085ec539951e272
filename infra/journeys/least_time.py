"""How long a pause lasts at least, as far as the author's words tell."""

from coldframe.domain.conditions.nodes import Const, IfElse, Node, Type
from infra.journeys.source import Wait

_MS = 1000


def least(wait: Wait) -> int | None:
    """Seconds; None for a date: it may be far away, and nothing is said of it."""
    if wait.date is not None:
        return None
    if wait.computed is not None:
        return _least_of(wait.computed.tree)
    return int(wait.time.total_seconds()) if wait.time else 0


def most(wait: Wait) -> int | None:
    """Seconds that it can last at most, an hour or weekday to be waited for included."""
    if wait.date is not None:
        return None
    span = int(wait.time.total_seconds()) if wait.time else 0
    if wait.computed is not None:
        computed = _most_of(wait.computed.tree)
        if computed is None:
            return None
        span = computed
    return span + (_WEEK + _DAY if wait.until else 0)


_DAY = 86_400
_WEEK = 7 * _DAY


def _least_of(node: Node) -> int:
    known = _written(node)
    return min(known) if known else 0


def _most_of(node: Node) -> int | None:
    known = _written(node)
    return max(known) if known else None


def _written(node: Node) -> list[int]:
    """Every duration that the expression can give; empty: they aren't all written out."""
    match node:
        case Const(value=int() | float() as value, type=Type.DURATION):
            return [int(value // _MS)]
        case IfElse(then=then, otherwise=otherwise):
            one, other = _written(then), _written(otherwise)
            return [*one, *other] if one and other else []
        case _:
            return []
