"""A lead is written to elsewhere: what it asked for, what was confirmed, what was taken back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.told import Known, later
from coldframe.domain.touchpoint import ADDRESS_OFFERED, IDENTITY_LINKED, Touchpoint

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile

MOST_ASKED: Final = 3
"""So many addresses are asked on one UTC day whether they are a lead's."""
DAYS_KEPT: Final = 2
CHANGES_KEPT: Final = 5
SETTLING: Final = timedelta(days=7)
"""So long after a change of address it can be undone from the old one, and nobody is mailed the way
to the lead's data: whoever read a forwarded mail could have changed it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The lead's own change of address, confirmed at the new one; the latest holds."""

    to: str
    was: str
    at: datetime
    by: str
    undoes: datetime | None = None
    """The old address took back all changes since then."""


Offers = tuple[Known, ...]
"""Of each of the last days the first few different addresses that were named, oldest first."""
Changes = tuple[Moved, ...]
"""The latest few, newest first."""


def offered_in(before: Known | None, touchpoint: Touchpoint) -> Known | None:
    """The address named last."""
    offer = _offer(touchpoint)
    return later(before, offer) if offer else before


def offers_in(before: Offers, touchpoint: Touchpoint) -> Offers:
    offer = _offer(touchpoint)
    return joined_offers(before, (offer,)) if offer else before


def joined_offers(one: Offers, other: Offers) -> Offers:
    """A function of the set: for every day the earliest, each address once."""
    kept: dict[str, dict[str, Known]] = {}
    for each in sorted({*one, *other}, key=lambda offer: offer.rank):
        of_day = kept.setdefault(f"{each.at:%Y-%m-%d}", {})
        if len(of_day) < MOST_ASKED:
            of_day.setdefault(each.value, each)
    days = sorted(kept)[-DAYS_KEPT:]
    return tuple(offer for day in days for offer in kept[day].values())


def changes_in(before: Changes, touchpoint: Touchpoint) -> Changes:
    told = touchpoint.data
    if touchpoint.kind != IDENTITY_LINKED or not told.get("address"):
        return before
    undoes = told.get("undoes")
    change = Moved(
        to=str(told["address"]),
        was=str(told.get("was", "")),
        at=touchpoint.occurred_at,
        by=touchpoint.id,
        undoes=datetime.fromisoformat(undoes) if undoes else None,
    )
    return joined_changes(before, (change,))


def joined_changes(one: Changes, other: Changes) -> Changes:
    known = {each.by: each for each in (*one, *other)}.values()
    return tuple(sorted(known, key=lambda each: (each.at, each.by), reverse=True)[:CHANGES_KEPT])


def address_now(changes: Changes) -> str:
    """Empty: it was never changed."""
    return next((each.to for each in changes if not _is_undone(each, changes)), "")


def _is_undone(change: Moved, changes: Changes) -> bool:
    """Also what was confirmed, or taken back, by who hadn't heard yet of an earlier address' word;
    of a change that is void nothing can be taken back.
    """
    at = change.undoes or change.at
    others = [each.undoes for each in changes if each is not change and _covers(each, at)]
    return any(undoes and (undoes < at or not change.undoes) for undoes in others)


def _covers(undo: Moved, at: datetime) -> bool:
    """For a week afterwards nobody changes anything: what is dated so was under way."""
    return undo.undoes is not None and undo.undoes <= at < undo.at + SETTLING


def is_settling(profile: "Profile", at: datetime) -> bool:
    return any(at < each.at + SETTLING for each in profile.changes[:1])


def was_taken_back(profile: "Profile", at: datetime) -> bool:
    """Whoever named another address then wasn't who reads the old one: nothing more is asked."""
    return any(each.undoes and each.at <= at < each.at + SETTLING for each in profile.changes)


def is_void(changes: Iterable[Moved], at: datetime) -> bool:
    """The change of that instant was taken back."""
    return any(_covers(each, at) for each in changes)


def still_offered(profile: "Profile") -> Known | None:
    """The address named last, unless a change was taken back since, or less than a week before:
    nothing goes on then."""
    offered = profile.offered
    taken_back = any(
        each.undoes and offered and offered.at < each.at + SETTLING for each in profile.changes
    )
    return None if taken_back else offered


def may_be_asked(profile: "Profile", address: str, at: datetime) -> bool:
    """Whether that address is asked: a link to the page must not mail any number of strangers."""
    asked = {each.value for each in _of_day(profile.offers, at)}
    return address in asked or len(asked) < MOST_ASKED


def is_asked(profile: "Profile", touchpoint: Touchpoint) -> bool:
    """``profile``: with the touchpoint, which names another address."""
    at = touchpoint.occurred_at
    admitted = {each.value for each in _of_day(profile.offers, at)}
    return touchpoint.data["address"] in admitted and not was_taken_back(profile, at)


def _of_day(offers: Offers, at: datetime) -> Iterator[Known]:
    return (each for each in offers if each.at.date() == at.date())


def _offer(touchpoint: Touchpoint) -> Known | None:
    if touchpoint.kind != ADDRESS_OFFERED:
        return None
    address = str(touchpoint.data["address"])
    return Known(value=address, at=touchpoint.occurred_at, by=touchpoint.id)
