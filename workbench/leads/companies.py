"""Leads of one business, grouped by the domain of their addresses: who is active, how far it is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from coldframe.domain.knowing.rules import LEAD
from coldframe.domain.profile import Profile

ACTIVE_FOR: Final = timedelta(days=30)
DOMAIN: Final = "company_domain"
"""A field that says it better than the address: of who writes from home, or from a daughter."""
NAME: Final = "company"
LADDER: Final = (LEAD, "mql", "sal", "sql", "opportunity", "customer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    domain: str
    name: str
    leads: int
    active_leads: int
    """Who did something itself within 30 days."""
    lifecycle: str
    """The furthest that any of them has come."""


def companies(
    profiles: Iterable[Profile], is_business: Callable[[str], bool], now: datetime
) -> Iterator[Company]:
    """The largest first. ``is_business``: no domain of a mailbox provider."""
    found: Mapping[str, list[Profile]] = defaultdict(list)
    for each in profiles:
        if domain := domain_of(each, is_business):
            found[domain].append(each)
    for domain, own in sorted(found.items(), key=lambda each: (-len(each[1]), each[0])):
        yield Company(
            domain=domain,
            name=_name(own) or domain,
            leads=len(own),
            active_leads=sum(_is_active(each, now) for each in own),
            lifecycle=max((_reached(each) for each in own), key=LADDER.index),
        )


def domain_of(profile: Profile, is_business: Callable[[str], bool]) -> str:
    """Empty: none that says where the lead works."""
    told = profile.fields.get(DOMAIN)
    domain = told.value.strip().lower() if told else profile.address.rpartition("@")[2]
    return domain if domain and is_business(domain) else ""


def _is_active(profile: Profile, now: datetime) -> bool:
    return profile.last_seen is not None and profile.last_seen > now - ACTIVE_FOR


def _name(own: Iterable[Profile]) -> str:
    """What any of them said last."""
    told = [each.fields[NAME] for each in own if NAME in each.fields]
    latest = max(told, key=lambda known: (known.at, known.by), default=None)
    return latest.value if latest else ""


def _reached(profile: Profile) -> str:
    known = [rung for rung in LADDER if rung in profile.standing.reached]
    return known[-1] if known else LEAD
