"""Of two mails that meet at a cap the more important one goes: whether the other has to wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from coldframe.domain.caps import Counting, counted, full

if TYPE_CHECKING:
    from coldframe.domain.conditions.facts import Facts
    from coldframe.domain.gate import Gate
    from coldframe.domain.limits import CapRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A more important mail to the same lead."""

    at: datetime
    what: Counting
    journey: str
    """Or the broadcast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivesWay:
    until: datetime
    journey: str


def gives_way(
    gate: Gate,
    caps: tuple[CapRule, ...],
    what: Counting,
    ahead: Iterable[Due],
    *,
    now: datetime,
    zone: tzinfo,
    facts: Callable[[], Facts] | None = None,
) -> GivesWay | None:
    """Whether this mail would take the room of one that is more important; and until when.

    ``facts``: the lead's, for caps that hold under a condition; None: those hold nobody up.
    """
    with_it, without = counted(gate, caps, what, now=now), gate
    for due in ahead:
        if full(without, caps, due.what, now=due.at, zone=zone, facts=facts):
            continue
        if full(with_it, caps, due.what, now=due.at, zone=zone, facts=facts):
            after = counted(without, caps, due.what, now=due.at)
            room = full(after, caps, what, now=due.at, zone=zone, facts=facts)
            return GivesWay(until=room.until if room else due.at, journey=due.journey)
        with_it = counted(with_it, caps, due.what, now=due.at)
        without = counted(without, caps, due.what, now=due.at)
    return None
