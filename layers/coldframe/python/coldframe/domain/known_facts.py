"""What conditions may ask of a lead, drawn from its profile."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Protocol

from coldframe.domain.conditions.facts import Facts
from coldframe.domain.conditions.nodes import Condition
from coldframe.domain.knowing.asking import told_by
from coldframe.domain.knowing.concluding import facts_at
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.local_time import zone_of
from coldframe.domain.profile import Profile
from coldframe.domain.whereabouts import NOTHING, zone_told
from coldframe.domain.whereabouts import ZONE as ZONE_FIELD

__all__ = ["ZONE_FIELD", "Zoned", "facts_of", "lead_zone"]


class Zoned(Protocol):
    """A client, or what else knows where it is."""

    @property
    def zone(self) -> str: ...


def lead_zone(profile: Profile | None, client: Zoned) -> tzinfo:
    """The lead's own, else the client's."""
    told, _ = zone_told(profile) if profile else NOTHING
    return zone_of(told, otherwise=client.zone)


def facts_of(
    profile: Profile | None,
    *,
    client: Zoned,
    knowing: Knowing | None = None,
    now: datetime | None = None,
) -> Facts:
    """With ``knowing``, which takes ``now``, also what is concluded: score, tier and the like."""
    if profile is None:
        return Facts(zone=lead_zone(profile, client))
    zone = lead_zone(profile, client)
    if knowing and now:
        return replace(facts_at(profile, knowing, now), zone=zone)
    return Facts(fields=told_by(profile, now), memory=profile.memory, zone=zone)


def facts_asked(
    conditions: Iterable[Condition],
    profile: Profile | None,
    *,
    client: Zoned,
    knowing: Knowing,
    now: datetime,
) -> Facts:
    """What these conditions ask: for those that ask only what was told, nothing is concluded."""
    concluded = knowing if any(map(knowing.concludes, conditions)) else None
    return facts_of(profile, client=client, knowing=concluded, now=now)
