"""What goes first at a cap: `priority` and `when_capped`, of journeys and of broadcasts."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from coldframe.domain.journey import Journey
from coldframe.domain.playbook import Broadcast
from infra.journeys.times import whole
from infra.reading.nodes import Node

WHEN_CAPPED: Final = ("wait", "drop")
USUAL_PRIORITY: Final = 5
HIGHEST: Final = 9
Ranked = TypeVar("Ranked", Journey, Broadcast)


def read_priority(node: Node) -> int | None:
    return whole(node, low=0, high=HIGHEST)


def read_when_capped(node: Node) -> str | None:
    return node.one_of(known=WHEN_CAPPED)


def ranked(each: Ranked, *, live: Iterable[int], broadcasts: Mapping[str, Broadcast]) -> Ranked:
    """Knowing what is more important: ``live`` are the priorities of the live journeys."""
    below = tuple(
        name for name, other in sorted(broadcasts.items()) if other.priority > each.priority
    )
    outranked = bool(below) or any(priority > each.priority for priority in live)
    return replace(each, outranked=outranked, below=below)
