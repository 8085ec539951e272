"""What conditions are told of a lead: what it said and did, before anything is concluded."""

from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Final

from coldframe.domain.company import company_facts
from coldframe.domain.purchases import purchase_facts
from coldframe.domain.referral import referral_facts
from coldframe.domain.sources import source_facts
from coldframe.domain.whereabouts import whereabout_facts, zone_told

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile

ZONE: Final = "zone"
_UTC: Final = frozenset({"Etc/UTC", "UTC"})


def zone_of_lead(profile: "Profile", otherwise: str) -> tzinfo:
    """The lead's own zone, else the client's."""
    told, _ = zone_told(profile)
    if not told and otherwise in _UTC:
        return UTC
    from coldframe.domain.local_time import zone_of

    return zone_of(told, otherwise=otherwise)


def told_by(profile: "Profile", now: datetime | None = None) -> dict[str, object]:
    """The values of its fields, and what follows at once from its address and consents.

    Without ``now``: only fit to be compared.
    """
    fields: dict[str, object] = {name: known.value for name, known in profile.fields.items()}
    fields |= source_facts(profile.came_first, profile.came_last)
    if profile.purchases:
        fields |= purchase_facts(profile.purchases)
    fields |= referral_facts(profile)
    fields |= whereabout_facts(profile)
    fields["created_at"] = profile.created_at
    fields["last_seen"] = profile.last_seen
    fields["topics"] = tuple(profile.consents)
    fields["email_domain"] = profile.address.rpartition("@")[2].lower()
    return fields | company_facts(profile, now)


def field_need(name: str) -> str:
    """How a conclusion says that it rests on a field."""
    return f"field {name}"


def memory_need(key: str) -> str:
    return f"memory {key}"


GIVEN: Final = "given"
"""How it says that it rests on the points that journeys gave."""


def differences(before: "Profile", after: "Profile") -> frozenset[str]:
    """The facts that are no longer what they were, in the words in which needs are told."""
    old, new = told_by(before), told_by(after)
    fields = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    changed = {field_need(name) for name in fields}
    if before.memory is not after.memory:
        keys = {*before.memory, *after.memory}
        changed |= {
            memory_need(key) for key in keys if before.memory.get(key) != after.memory.get(key)
        }
    if before.given is not after.given:
        changed.add(GIVEN)
    return frozenset(changed)
