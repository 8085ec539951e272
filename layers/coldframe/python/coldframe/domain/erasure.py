"""A lead that was erased stays erased, through replays and late news, until it comes by itself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import FORM_SUBMITTED, KNOWN, Touchpoint


def tombstone(lead: str, at: datetime, *, revision: int) -> Profile:
    """What is left of a profile: a keyed hash and an instant."""
    return Profile(lead=lead, address="", created_at=at, erased_at=at, revision=revision)


def is_gone(profile: Profile) -> bool:
    return profile.erased_at is not None and not profile.address and not profile.moved_to


def is_dropped(profile: Profile | None, touchpoint: Touchpoint) -> bool:
    """Received before the erasure; or no word of the lead itself, who is gone.

    Nor is what somebody tells of a known lead, by a link that was mailed to it.
    """
    if profile is None or profile.erased_at is None:
        return False
    if touchpoint.received_at <= profile.erased_at:
        return True
    anew = touchpoint.kind == FORM_SUBMITTED and not touchpoint.data.get(KNOWN)
    return is_gone(profile) and not anew


def still_marked(before: Profile | None, after: Profile) -> Profile:
    """Who comes anew keeps the mark: older news is dropped for ever."""
    if before is None or before.erased_at in {None, after.erased_at}:
        return after
    return replace(after, erased_at=before.erased_at)


def numbered_anew(decisions: Iterable[Decision], profile: Profile) -> tuple[Decision, ...]:
    """Runs of who was erased get other names than those that were started before.

    A passage has the same id as the one that was deleted, and a run's name is used up for good.
    """
    if profile.erased_at is None:
        return tuple(decisions)
    first = {"generation": str(int(profile.erased_at.timestamp()) + 1)}
    return tuple(
        replace(each, data={**each.data, **first}) if each.kind in _BEGINNING else each
        for each in decisions
    )


_BEGINNING = (DecisionKind.ENROL, DecisionKind.EXIT)
