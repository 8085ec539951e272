"""What conditions may ask of a lead, drawn from its profile."""

from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Protocol

from coldframe.domain.conditions.facts import Facts
from coldframe.domain.knowing.asking import told_by
from coldframe.domain.knowing.concluding import facts_at
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.local_time import zone_of
from coldframe.domain.profile import Profile

ZONE_FIELD = "zone"
"""The field that tells a lead's own time zone, if the client's forms ask for it."""


class Zoned(Protocol):
    """A client, or what else knows where it is."""

    @property
    def zone(self) -> str: ...


def lead_zone(profile: Profile | None, client: Zoned) -> tzinfo:
    """The lead's own, else the client's."""
    told = profile.fields.get(ZONE_FIELD) if profile else None
    return zone_of(told.value if told else "", otherwise=client.zone)


def facts_of(
    profile: Profile | None,
    *,
    client: Zoned,
    knowing: Knowing | None = None,
    now: datetime | None = None,
) -> Facts:
    """With ``knowing`` and ``now``, also what is concluded: score, tier, segments and the like."""
    if profile is None:
        return Facts(zone=lead_zone(profile, client))
    zone = lead_zone(profile, client)
    if knowing and now:
        return replace(facts_at(profile, knowing, now), zone=zone)
    return Facts(fields=told_by(profile), memory=profile.memory, zone=zone)
