"""Which company a lead belongs to, where something is asked of companies at all."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from coldframe.domain.company import DOMAIN, FACTS
from coldframe.domain.erasure import is_gone
from coldframe.domain.knowing.asking import field_need
from coldframe.domain.profile import Profile

if TYPE_CHECKING:
    from coldframe.domain.playbook import Reactions


def asks_of_companies(reactions: "Reactions") -> bool:
    return not set(map(field_need, FACTS)).isdisjoint(reactions.needs)


def grouped(
    profile: Profile, reactions: "Reactions", is_business: Callable[[str], bool]
) -> Profile:
    """The very same when it belongs where it did."""
    company = ""
    if asks_of_companies(reactions) and not is_gone(profile) and not profile.moved_to:
        told = profile.fields.get(DOMAIN)
        named = told.value.strip().lower() if told else profile.address.rpartition("@")[2]
        company = named if named and is_business(named) else ""
    return profile if company == profile.company else replace(profile, company=company)
