"""Who sent whom: whose link a lead came by, and who came by its own.

A lead is referred by the first that we heard of it, or not at all. What is kept of that is a
function of the set of touchpoints; whether it counts for the referrer is judged once, under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from coldframe.domain.touchpoint import (
    ADDRESS_OFFERED,
    FORM_SUBMITTED,
    IDENTITY_LINKED,
    REFERRAL_ENDED,
    REFERRAL_MADE,
    Touchpoint,
    record,
)

if TYPE_CHECKING:
    from datetime import datetime

    from coldframe.domain.profile import Profile

REFER: Final = "refer"
"""The purpose of a lead's own link."""
WORD: Final = "cf_ref"
"""What its token is called in an address."""
REFERRER: Final = "referrer"
"""What a post's data names whose link it came by."""
SOURCE: Final = "referral"
KEPT: Final = 200
"""So many of the newest count."""
_SAID: Final = ("mailbox", "visitor", "form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One who came by the lead's link."""

    lead: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Referring:
    """How we first heard of a lead's address, and whom it sent."""

    at: datetime | None = None
    by: str = ""
    referrer: str = ""
    """Whose link it came by; empty: nobody's."""
    confirm: bool = False
    """It counts only once the lead has confirmed its address."""
    said: Mapping[str, str] = field(default_factory=dict)
    """What the referral is judged by; nothing without a referrer."""
    over: bool = False
    """It was none, or whose link it was is nobody any more."""
    made: Mapping[str, Made] = field(default_factory=dict)
    """By mailbox: a person of many addresses is one."""


NOTHING: Final = Referring()


def learned(profile: Profile, touchpoint: Touchpoint, *, before: Profile | None) -> Profile:
    """The very same profile when this tells nothing of it.

    ``before``: as it was without the touchpoint. Who was known before anybody was asked for
    referrals came by none.
    """
    known = _since_ever(before).referring if before else NOTHING
    told = _told(known, touchpoint)
    return profile if told == profile.referring else replace(profile, referring=told)


def _told(known: Referring, touchpoint: Touchpoint) -> Referring:
    if touchpoint.kind == REFERRAL_MADE:
        key = str(touchpoint.data.get("mailbox") or touchpoint.data["lead"])
        lead = str(touchpoint.data["lead"])
        made = Made(lead=lead, at=touchpoint.occurred_at, by=touchpoint.id)
        return replace(known, made=_newest(_with(known.made, key, made)))
    if touchpoint.kind == REFERRAL_ENDED:
        return replace(known, over=True, referrer="", said={})
    if touchpoint.kind in (ADDRESS_OFFERED, IDENTITY_LINKED) or not touchpoint.data.get("address"):
        return known
    if known.at and (known.at, known.by) <= (touchpoint.occurred_at, touchpoint.id):
        return known
    return _begun(known, touchpoint)


def _begun(known: Referring, touchpoint: Touchpoint) -> Referring:
    told = touchpoint.data
    referrer = str(told.get(REFERRER) or "") if touchpoint.kind == FORM_SUBMITTED else ""
    named = bool(referrer) and not known.over
    return replace(
        known,
        at=touchpoint.occurred_at,
        by=touchpoint.id,
        referrer=referrer if named else "",
        confirm=named and bool(told.get("confirm")),
        said={name: str(told[name]) for name in _SAID if told.get(name)} if named else {},
    )


def _since_ever(profile: Profile) -> Profile:
    if profile.referring.at or not profile.address:
        return profile
    return replace(profile, referring=replace(profile.referring, at=profile.created_at))


def _with(made: Mapping[str, Made], key: str, other: Made) -> Mapping[str, Made]:
    """The first of a mailbox counts."""
    known = made.get(key)
    if known and (known.at, known.by) <= (other.at, other.by):
        return made
    return {**made, key: other}


def _newest(made: Mapping[str, Made]) -> Mapping[str, Made]:
    if len(made) <= KEPT:
        return made
    return dict(sorted(made.items(), key=lambda each: (each[1].at, each[1].by))[-KEPT:])


def joined(survivor: Profile, loser: Profile) -> Referring:
    """Of two who turned out to be one person: known since the earlier, and sent whom either did."""
    one, other = _since_ever(survivor).referring, _since_ever(loser).referring
    began = [each for each in (one, other) if each.at]
    first = min(began, key=lambda each: (each.at, each.by), default=one)
    made = one.made
    for key, each in other.made.items():
        made = _with(made, key, each)
    return replace(first, made=_newest(made))


def referral_facts(profile: Profile) -> dict[str, object]:
    """What conditions may name; nobody sends itself."""
    own = {profile.lead, *profile.aliases}
    told = profile.referring
    sent = sum(each.lead not in own for each in told.made.values())
    by = {"referred_by": told.referrer} if told.referrer and told.referrer not in own else {}
    return {"referrals": sent, **by}


def told_of(before: Profile | None, after: Profile, cause: Touchpoint) -> tuple[Touchpoint, ...]:
    """What the referrer is told, as soon as the referral stands: the new lead is no stranger's
    idea, if its form asks that."""
    if cause.history or not _stands(after) or (before is not None and _stands(before)):
        return ()
    told = after.referring
    data = {"lead": after.lead, "post": told.by, **told.said}
    made = record(
        lead=told.referrer,
        kind=REFERRAL_MADE,
        source=SOURCE,
        received_at=cause.received_at,
        occurred_at=cause.occurred_at,
        data={**data, "test": True} if after.test else data,
        own_id=after.lead,
        depth=cause.depth + 1,
    )
    return (made,)


def _stands(profile: Profile) -> bool:
    told = profile.referring
    if not told.at or "referred_by" not in referral_facts(profile):
        return False
    confirmed = any(each.confirmed and each.at >= told.at for each in profile.consents.values())
    return confirmed or not told.confirm


def counts(made: Touchpoint, referrer: Profile) -> bool:
    """Whether it counts for the referrer as it is known now.

    Not for itself, for who sent it, twice for one mailbox, nor for a tester, but by another.
    """
    lead = made.data["lead"]
    known = referrer.referring.made.get(str(made.data.get("mailbox") or lead))
    return (
        lead not in {referrer.lead, *referrer.aliases, referrer.referring.referrer}
        and (known is None or known.by == made.id)
        and (referrer.test or not made.data.get("test"))
    )


def ended(made: Touchpoint) -> Touchpoint:
    """Told to the new lead: nobody sent it, as far as we know. It names nobody."""
    return record(
        lead=str(made.data["lead"]),
        kind=REFERRAL_ENDED,
        source=SOURCE,
        received_at=made.received_at,
        occurred_at=made.occurred_at,
        own_id=made.id,
        depth=made.depth + 1,
    )
