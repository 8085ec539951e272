"""What we know of a lead: a function of the set of its touchpoints, whatever their order."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from coldframe.domain import purchases
from coldframe.domain.address_change import (
    Changes,
    Offers,
    address_now,
    changes_in,
    offered_in,
    offers_in,
)
from coldframe.domain.company import Colleagues, heard
from coldframe.domain.conditions import memory as history
from coldframe.domain.conditions.memory import Memory
from coldframe.domain.conditions.nodes import MemoryRule
from coldframe.domain.consent import Consents, Withdrawn, agreed, taken_back
from coldframe.domain.knowing.points import Gifts, Given, newest
from coldframe.domain.knowing.standing import Standing
from coldframe.domain.purchases import Purchases
from coldframe.domain.referral import NOTHING, Referring
from coldframe.domain.sources import Came, first_in, last_in
from coldframe.domain.told import Known, Setting, browser_told, fields_told
from coldframe.domain.touchpoint import (
    ADDRESS_OFFERED,
    ALERT_RAISED,
    IDENTITY_LINKED,
    NOT_THE_LEAD,
    SCORE_GIVEN,
    SEGMENT_ENTERED,
    SEGMENT_LEFT,
    Touchpoint,
)

SEEN_KEPT = 5
TOLD_OF = frozenset({SEGMENT_ENTERED, SEGMENT_LEFT, ALERT_RAISED})
"""Kinds that tell of the profile itself: it remembers the rules that they met, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Written by `react` alone."""

    lead: str
    address: str
    created_at: datetime
    """The earliest touchpoint's instant."""
    fields: Mapping[str, Known] = field(default_factory=dict)
    consents: Consents = field(default_factory=dict)
    """Those that stand."""
    withdrawn: Withdrawn = field(default_factory=dict)
    seen: Mapping[str, tuple[tuple[datetime, str], ...]] = field(default_factory=dict)
    """Kind, or rule (`enter:welcome`) → the newest touchpoints (instant, id), newest first, at most
    ``SEEN_KEPT``."""
    last_seen: datetime | None = None
    """When the lead last did something itself."""
    memory: Memory = field(default_factory=dict)
    """What conditions and points count."""
    given: Gifts = field(default_factory=dict)
    """Points that journeys gave."""
    standing: Standing = field(default_factory=Standing)
    """What was concluded from all of this."""
    erased_at: datetime | None = None
    """When the lead had everything deleted: nothing received before it counts any more."""
    offered: Known | None = None
    """The address that it would rather be written to, if that confirms it."""
    offers: Offers = ()
    """All that it named of late, as far as they are asked."""
    changes: Changes = ()
    """By which it came to its address."""
    company: str = ""
    """The domain of its company, if anything is asked of that."""
    colleagues: Colleagues | None = None
    moved_to: str = ""
    """This identity is another's now: the mark that its touchpoints follow."""
    moved_at: datetime | None = None
    aliases: tuple[str, ...] = ()
    """All identities that were moved to this one, in order."""
    person: str = ""
    """Whose it is, where it was asked for under another identity; never stored."""
    test: bool = False
    """One of the client's testers: led through everything, and counted nowhere."""
    browser: Mapping[str, Known] = field(default_factory=dict)
    """What its browser said last: ``zone``, ``language``."""
    purchases: Purchases = field(default_factory=dict)
    """What it bought and gave back."""
    came_first: Came | None = None
    """What brought the lead to the client at first, and at last."""
    came_last: Came | None = None
    referring: Referring = NOTHING
    """Who sent it, and whom it sent; kept for clients that ask for it."""
    revision: int = 0


Seen = tuple[tuple[datetime, str], ...]


def remember(
    profile: Profile | None,
    touchpoint: Touchpoint,
    *,
    rules: Iterable[str],
    memory: Iterable[MemoryRule] = (),
    sets: Iterable[Setting] = (),
) -> Profile:
    """The profile with this touchpoint in its set; the same object when it changes nothing.

    ``rules``: the names of the rules that this touchpoint met, remembered as its kind is.
    ``memory``: what conditions and points count. ``sets``: which fields its properties are.
    """
    before = profile or Profile(lead=touchpoint.lead, address="", created_at=touchpoint.occurred_at)
    withdrawn = taken_back(before.withdrawn, touchpoint)
    after = replace(
        before,
        address=_address(before, touchpoint),
        offered=offered_in(before.offered, touchpoint),
        offers=offers_in(before.offers, touchpoint),
        changes=changes_in(before.changes, touchpoint),
        colleagues=heard(before.colleagues, touchpoint),
        created_at=min(before.created_at, touchpoint.occurred_at),
        fields=fields_told(before.fields, touchpoint, sets),
        consents=agreed(before.consents, withdrawn, touchpoint),
        withdrawn=withdrawn,
        seen=_seen(before.seen, touchpoint, _names(touchpoint, rules)),
        last_seen=_last_seen(before.last_seen, touchpoint),
        memory=history.remember(before.memory, touchpoint, memory),
        given=_given(before.given, touchpoint),
        browser=browser_told(before.browser, touchpoint),
        purchases=purchases.learned(before.purchases, touchpoint),
        came_first=first_in(before.came_first, touchpoint),
        came_last=last_in(before.came_last, touchpoint),
    )
    return profile if profile is not None and after == profile else after


def _address(before: Profile, touchpoint: Touchpoint) -> str:
    """The first that it gave, until it changes it itself."""
    if changed := address_now(changes_in(before.changes, touchpoint)):
        return changed
    if touchpoint.kind in (ADDRESS_OFFERED, IDENTITY_LINKED):
        return before.address
    return before.address or str(touchpoint.data.get("address", ""))


def _names(touchpoint: Touchpoint, rules: Iterable[str]) -> tuple[str, ...]:
    return (*(() if touchpoint.kind in TOLD_OF else (touchpoint.kind,)), *rules)


def _last_seen(last: datetime | None, touchpoint: Touchpoint) -> datetime | None:
    if touchpoint.kind in NOT_THE_LEAD:
        return last
    return max(last or touchpoint.occurred_at, touchpoint.occurred_at)


def _given(given: Gifts, touchpoint: Touchpoint) -> Gifts:
    if touchpoint.kind != SCORE_GIVEN:
        return given
    said = touchpoint.data
    gift = Given(
        points=float(said["points"]), at=touchpoint.occurred_at, why=str(said.get("why", ""))
    )
    return newest(given, touchpoint.id, gift)


def _seen(
    seen: Mapping[str, Seen], touchpoint: Touchpoint, names: Iterable[str]
) -> dict[str, Seen]:
    mark = (touchpoint.occurred_at, touchpoint.id)
    newest = {
        name: tuple(sorted({*seen.get(name, ()), mark}, reverse=True)[:SEEN_KEPT]) for name in names
    }
    return {**seen, **newest}


def as_test(profile: Profile, testers: Collection[str]) -> Profile:
    is_one = profile.address in testers
    return profile if profile.test is is_one else replace(profile, test=is_one)
