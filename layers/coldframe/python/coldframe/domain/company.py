"""A lead's company: what it adds to it, what is known of its colleagues, and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from coldframe.domain.conditions.facts import Until
from coldframe.domain.instants import text_of
from coldframe.domain.touchpoint import COMPANY_CHANGED, Touchpoint, record, short_hash

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile

ACTIVE_FOR: Final = timedelta(days=30)
SOON: Final = timedelta(minutes=10)
"""Colleagues hear of a change after this, and of several at once."""
MOST: Final = 200
"""Of so many colleagues, at most, the others hear."""
NAME: Final = "company"
"""The field whose latest value, by any of them, is the company's name."""
DOMAIN: Final = "company_domain"
"""A field that says it better than the address."""
LADDER: Final = ("lead", "mql", "sal", "sql", "opportunity", "customer")
FACTS: Final = ("company.name", "company.active_leads", "company.lifecycle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What one lead adds to its company; another only when the lead is seen on another day."""

    company: str
    active_until: datetime | None
    lifecycle: str
    name: str
    named_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleagues:
    """What a lead heard last of its company; the lead itself is among them."""

    company: str
    name: str
    active_until: tuple[datetime, ...]
    lifecycle: str
    at: datetime
    by: str


def company_id(domain: str) -> str:
    return short_hash("company", domain)


def member_of(profile: "Profile | None") -> Member | None:
    """None: it belongs to no company that anything is asked of."""
    if profile is None or not profile.company:
        return None
    told = profile.fields.get(NAME)
    reached = [rung for rung in LADDER if rung in profile.standing.reached]
    return Member(
        company=profile.company,
        active_until=_day(profile.last_seen) + ACTIVE_FOR if profile.last_seen else None,
        lifecycle=reached[-1] if reached else LADDER[0],
        name=told.value if told else "",
        named_at=told.at if told else None,
    )


def _day(at: datetime) -> datetime:
    """Its end: so that who is seen all day adds one thing to the company."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def told_to(
    lead: str, members: Iterable[Member], domain: str, *, revision: int, now: datetime
) -> Touchpoint:
    """News of the company for one of its leads; the same news is told once."""
    held = list(members)
    named = [(each.named_at, each.name) for each in held if each.named_at]
    data = {
        "company": domain,
        "name": max(named)[1] if named else domain,
        "active_until": sorted(text_of(each.active_until) for each in held if each.active_until),
        "lifecycle": max((each.lifecycle for each in held), key=LADDER.index, default=LADDER[0]),
    }
    return record(
        lead=lead,
        kind=COMPANY_CHANGED,
        source="sweep",
        received_at=now,
        data=data,
        own_id=f"{domain}@{revision}",
    )


def heard(before: Colleagues | None, touchpoint: Touchpoint) -> Colleagues | None:
    """The latest news is what is known, whatever comes first."""
    if touchpoint.kind != COMPANY_CHANGED:
        return before
    told: Mapping[str, Any] = touchpoint.data
    news = Colleagues(
        company=str(told["company"]),
        name=str(told["name"]),
        active_until=tuple(map(datetime.fromisoformat, told["active_until"])),
        lifecycle=str(told["lifecycle"]),
        at=touchpoint.occurred_at,
        by=touchpoint.id,
    )
    return later(before, news)


def later(one: Colleagues | None, other: Colleagues | None) -> Colleagues | None:
    known = [each for each in (one, other) if each is not None]
    return max(known, key=lambda each: (each.at, each.by), default=None)


def company_facts(profile: "Profile", now: datetime | None = None) -> dict[str, object]:
    """Missing until it hears of its company. Without ``now``: only fit to be compared."""
    known = profile.colleagues
    if known is None or known.company != profile.company:
        return {}
    active: object = known.active_until
    if now is not None:
        ahead = [at for at in known.active_until if at > now]
        active = Until(value=len(ahead), next_at=min(ahead, default=None))
    return dict(zip(FACTS, (known.name, active, known.lifecycle), strict=True))
